"use client";

import { type FormEvent, useRef, useState, useSyncExternalStore } from "react";
import { useTranslations } from "use-intl";
import { prepareSignIn, type SignInOutcome, signIn } from "@/components/access/sign-in";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/text-field";
import { signInAddress } from "@/lib/access/auth/rules";
import { sessionGate } from "@/lib/platform/client/session-gate";
import { useWorkspace } from "./workspace-context";

/** Asks for the password when the session has ended, above the current page, which keeps its state. */
export function SessionGate() {
  const isClosed = useSyncExternalStore(sessionGate.subscribe, sessionGate.isClosed, () => false);
  return isClosed ? <SignInAgain /> : null;
}

function SignInAgain() {
  const t = useTranslations("auth");
  const { user } = useWorkspace();
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<Exclude<SignInOutcome, "ok">>();
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    const outcome = await signIn(user.email, field.current?.value ?? password);
    setBusy(false);
    if (outcome === "ok") {
      sessionGate.settle("resumed");
      return;
    }
    setProblem(outcome);
    field.current?.select();
  }

  function leave() {
    sessionGate.settle("abandoned");
    const { pathname, search, hash } = window.location;
    window.location.assign(signInAddress(pathname + search + hash));
  }

  return (
    <Dialog
      title={t("again.title")}
      isOpen
      isBlocking
      width="small"
      onOpenChange={() => undefined}
      footer={
        <>
          <Button look="quiet" onPress={leave}>
            {t("again.other")}
          </Button>
          <Button type="submit" form="sign-in-again" look="primary" isPending={busy}>
            {t("again.action")}
          </Button>
        </>
      }
    >
      <form
        id="sign-in-again"
        noValidate
        onFocus={prepareSignIn}
        onSubmit={submit}
        className="flex flex-col gap-4"
      >
        <p>{t("again.explanation", { email: user.email })}</p>
        <input type="email" autoComplete="username" value={user.email} readOnly hidden />
        <TextField
          autoFocus
          label={t("password")}
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
          inputRef={field}
          error={problem && t(`problems.${problem}`)}
        />
      </form>
    </Dialog>
  );
}
