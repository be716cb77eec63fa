import { Button } from "@zendeskgarden/react-buttons";
import { Field, Hint, Input, Label } from "@zendeskgarden/react-forms";
import { Alert } from "@zendeskgarden/react-notifications";
import { type FormEvent, useEffect, useState } from "react";
import { Logo } from "../logo.tsx";
import { sentenceOf } from "../request.ts";
import { isRefused, signInWith } from "./session.ts";
import "./sign-in.css";

const WRONG_TOKEN = "That is not the admin token. Compare it with ADMIN_TOKEN in Switchyard's settings.";

interface SignInPageProps {
  /** Why somebody who was signed in, or came by a link, is here. */
  readonly reason: string | null;
  readonly onSignedIn: (token: string) => void;
}

export function SignInPage({ reason, onSignedIn }: SignInPageProps) {
  useEffect(() => {
    document.title = "Sign in – Switchyard";
  }, []);
  return (
    <main className="center">
      <div className="sign-in card">
        <div className="brand-line">
          <Logo />
          <span>Switchyard</span>
        </div>
        <h1>Sign in</h1>
        {reason !== null && (
          <Alert type="warning" role="alert" className="block">
            {reason}
          </Alert>
        )}
        <TokenForm onSignedIn={onSignedIn} />
        <p className="quiet">
          Easier: Switchyard prints a sign-in link in its log when it starts. Opening that link signs you in
          without a token.
        </p>
      </div>
    </main>
  );
}

function TokenForm({ onSignedIn }: Pick<SignInPageProps, "onSignedIn">) {
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const token = String(new FormData(event.currentTarget).get("token") ?? "").trim();
    setBusy(true);
    signInWith({ token })
      .then(onSignedIn, (error: unknown) => setTrouble(isRefused(error) ? WRONG_TOKEN : sentenceOf(error)))
      .finally(() => setBusy(false));
  };
  return (
    <form onSubmit={submit}>
      <Field>
        <Label>Admin token</Label>
        <Hint>The value of ADMIN_TOKEN, as set on the server.</Hint>
        <Input
          name="token"
          type="password"
          autoComplete="current-password"
          required
          {...(trouble === null ? {} : { validation: "error" })}
        />
      </Field>
      <p className="field-trouble" role="alert">
        {trouble}
      </p>
      <Button type="submit" isPrimary isStretched disabled={busy}>
        {busy ? "Signing in…" : "Sign in"}
      </Button>
    </form>
  );
}
