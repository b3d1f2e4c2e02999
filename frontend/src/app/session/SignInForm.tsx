import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { type SessionInfo, sentenceOf, signIn } from "../../api";
import { Button, TextField } from "../../ui/components";
import { t } from "../../words";
import styles from "./SignIn.module.css";

export interface SignInFormProps {
  readonly onSignedIn: (session: SessionInfo) => Promise<void>;
  readonly username?: string;
}

export function SignInForm({ onSignedIn, username = "" }: SignInFormProps) {
  const [name, setName] = useState(username);
  const [password, setPassword] = useState("");
  const attempt = useMutation({ mutationFn: () => signIn(name.trim(), password), onSuccess: onSignedIn });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!attempt.isPending) attempt.mutate();
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextField
        label={t("Username")}
        value={name}
        autoComplete="username"
        required
        onChange={(event) => setName(event.target.value)}
      />
      <TextField
        label={t("Password")}
        type="password"
        value={password}
        autoComplete="current-password"
        required
        error={attempt.isError ? sentenceOf(attempt.error) : null}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button variant="primary" type="submit" isBusy={attempt.isPending}>
        {t("Sign in")}
      </Button>
    </form>
  );
}
