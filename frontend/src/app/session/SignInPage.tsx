import { Link2Off } from "lucide-react";
import type { SessionInfo } from "../../api";
import { Banner } from "../../ui/components";
import { Logo } from "../shell/Logo";
import { usePageTitle } from "../shell/usePageTitle";
import styles from "./SignIn.module.css";
import { SignInForm } from "./SignInForm";

export function SignInPage({ onSignedIn }: { readonly onSignedIn: (session: SessionInfo) => void }) {
  usePageTitle("Sign in");
  const linkWasUsed = new URLSearchParams(window.location.search).get("link") === "used";
  return (
    <div className={styles.page}>
      {linkWasUsed && (
        <Banner tone="warning" icon={<Link2Off />}>
          This sign-in link was used before or is too old. Get a new one as described below.
        </Banner>
      )}
      <main className={styles.card}>
        <Logo size={40} />
        <h1 className={styles.title}>Sign in to Maskwright</h1>
        <p className={styles.text}>Click on an object, get its mask.</p>
        <SignInForm onSignedIn={onSignedIn} />
        <section className={styles.help} aria-labelledby="sign-in-link">
          <h2 id="sign-in-link" className={styles.helpTitle}>
            Sign in with a link
          </h2>
          <p>
            <code>make run</code> prints a link that signs you in once. For a new one, run this on the server and open
            what it prints:
          </p>
          <code className={styles.command}>python manage.py sign_in_link</code>
        </section>
      </main>
    </div>
  );
}
