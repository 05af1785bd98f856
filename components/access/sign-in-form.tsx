"use client";

import { type FormEvent, useCallback, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/text-field";
import { prepareSignIn, type SignInOutcome, signIn } from "./sign-in";
import { useFirstFocus } from "./use-first-focus";

type Problem = Exclude<SignInOutcome, "ok"> | "emailMissing" | "passwordMissing";

/** Signs in with email and password, then loads the page `next`. */
export function SignInForm({ next }: { next: string }) {
  const t = useTranslations("auth");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const emailField = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  useFirstFocus(useCallback(() => emailField.current?.focus(), []));
  const passwordField = useRef<HTMLInputElement & HTMLTextAreaElement>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    // Browser autofill does not always update React state.
    const given = {
      email: (emailField.current?.value ?? email).trim(),
      password: passwordField.current?.value ?? password,
    };
    if (given.email === "") {
      setProblem("emailMissing");
      emailField.current?.focus();
      return;
    }
    if (given.password === "") {
      setProblem("passwordMissing");
      passwordField.current?.focus();
      return;
    }
    setBusy(true);
    setProblem(undefined);
    const outcome = await signIn(given.email, given.password);
    if (outcome === "ok") {
      // The browser keeps the fragment when it is redirected to this page. The server never sees it.
      window.location.assign(next.includes("#") ? next : next + window.location.hash);
      return;
    }
    setBusy(false);
    setProblem(outcome);
    if (outcome === "wrong") passwordField.current?.select();
  }

  return (
    // POST, so that a submit before the scripts load does not put the password into the URL.
    <form method="post" noValidate onFocus={prepareSignIn} onSubmit={submit} className="flex flex-col gap-4">
      <TextField
        label={t("email")}
        name="email"
        type="email"
        autoComplete="username"
        value={email}
        onChange={setEmail}
        inputRef={emailField}
        error={problem === "emailMissing" ? t("problems.emailMissing") : undefined}
      />
      <TextField
        label={t("password")}
        name="password"
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        inputRef={passwordField}
        error={problem === "passwordMissing" ? t("problems.passwordMissing") : undefined}
      />
      <Button type="submit" look="primary" isPending={busy} className="h-9 max-sm:h-11">
        {t("signIn")}
      </Button>
      <a
        href="/forgot"
        className="-my-3 self-start py-3 font-medium text-accent underline-offset-4 hover:underline"
      >
        {t("forgot.link")}
      </a>
      {/* Reserves space for the message, so that the layout does not shift. */}
      <p role="alert" className="min-h-10 text-danger">
        {problem && problem !== "emailMissing" && problem !== "passwordMissing" && t(`problems.${problem}`)}
      </p>
    </form>
  );
}
