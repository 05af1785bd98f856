"use client";

import { type FormEvent, type ReactNode, useCallback, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { useProblemText } from "@/components/shell/problem-text";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/text-field";
import { forgotPassword } from "@/lib/access/password-resets/client/calls";
import { createClient } from "@/lib/platform/client/client";
import { EntrancePage } from "./entrance-page";
import { useFirstFocus } from "./use-first-focus";

const request = createClient();

/** Requests a password reset email. The response is the same for unknown addresses. */
export function ForgottenPassword({ back }: { back: ReactNode }) {
  const t = useTranslations("auth");
  const problemText = useProblemText();
  const [email, setEmail] = useState("");
  const [sentTo, setSentTo] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  useFirstFocus(useCallback(() => field.current?.focus(), []));

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const given = (field.current?.value ?? email).trim();
    if (given === "") {
      setProblem(t("problems.emailMissing"));
      field.current?.focus();
      return;
    }
    setBusy(true);
    setProblem(undefined);
    try {
      await request(forgotPassword, { params: {}, body: { email: given } });
      setSentTo(given);
    } catch (error) {
      setProblem(problemText(error));
    }
    setBusy(false);
  }

  if (sentTo)
    return (
      <EntrancePage
        title={t("forgot.sentTitle")}
        hint={<span role="status">{t("forgot.sent", { email: sentTo })}</span>}
      >
        {back}
      </EntrancePage>
    );
  return (
    <EntrancePage title={t("forgot.title")} hint={t("forgot.hint")}>
      <form method="post" noValidate onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label={t("email")}
          name="email"
          type="email"
          autoComplete="username"
          value={email}
          onChange={setEmail}
          inputRef={field}
          error={problem}
        />
        <Button type="submit" look="primary" isPending={busy} className="h-9 max-sm:h-11">
          {t("forgot.action")}
        </Button>
      </form>
      {back}
    </EntrancePage>
  );
}
