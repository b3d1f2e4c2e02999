import { Link2Off } from "lucide-react";
import type { SessionInfo } from "../../api";
import { Banner, Rich } from "../../ui/components";
import { t } from "../../words";
import { Logo } from "../shell/Logo";
import { usePageTitle } from "../shell/usePageTitle";
import styles from "./SignIn.module.css";
import { SignInForm } from "./SignInForm";

export function SignInPage({ onSignedIn }: { readonly onSignedIn: (session: SessionInfo) => Promise<void> }) {
  usePageTitle("Sign in");
  const linkWasUsed = new URLSearchParams(window.location.search).get("link") === "used";
  return (
    <div className={styles.page}>
      {linkWasUsed && (
        <Banner tone="warning" icon={<Link2Off />}>
          {t("This sign-in link was used before or is too old. Get a new one as described below.")}
        </Banner>
      )}
      <main className={styles.card}>
        <Logo size={40} />
        <h1 className={styles.title}>{t("Sign in to Maskwright")}</h1>
        <p className={styles.text}>{t("Click on an object, get its mask.")}</p>
        <SignInForm onSignedIn={onSignedIn} />
        <section className={styles.help} aria-labelledby="sign-in-link">
          <h2 id="sign-in-link" className={styles.helpTitle}>
            {t("Sign in with a link")}
          </h2>
          <p>
            <Rich
              sentence="{command} prints a link that signs you in once. For a new one, run this on the server and open what it prints:"
              values={{ command: <code>make run</code> }}
            />
          </p>
          <code className={styles.command}>python manage.py sign_in_link</code>
        </section>
      </main>
    </div>
  );
}
