"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useCallback } from "react";
import { useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import type { z } from "zod";
import { useProblemText } from "@/components/shell/problem-text";
import { Button } from "@/components/ui/button";
import { ControlledTextField } from "@/components/ui/controlled-text-field";
import { resetPassword } from "@/lib/access/password-resets/client/calls";
import { passwordResetSchema } from "@/lib/access/password-resets/contract";
import { createClient, RequestError } from "@/lib/platform/client/client";
import { signIn } from "./sign-in";
import { useFirstFocus } from "./use-first-focus";

const request = createClient();
const formSchema = passwordResetSchema.pick({ password: true });

/** Sets a new password from a reset link, and signs in. */
export function ResetForm({ token, email }: { token: string; email: string }) {
  const t = useTranslations("auth");
  const problemText = useProblemText();
  const { control, handleSubmit, setError, setFocus, formState } = useForm<z.input<typeof formSchema>>({
    resolver: zodResolver(formSchema),
    defaultValues: { password: "" },
  });
  useFirstFocus(useCallback(() => setFocus("password"), [setFocus]));

  const save = handleSubmit(async ({ password }) => {
    try {
      await request(resetPassword, { params: {}, body: { token, password } });
      const outcome = await signIn(email, password);
      window.location.assign(outcome === "ok" ? "/" : "/sign-in");
    } catch (error) {
      if (error instanceof RequestError && error.details.password)
        setError("password", { type: "weak" }, { shouldFocus: true });
      else if (error instanceof RequestError && error.code === "ResetNotFound")
        setError("root", { message: t("reset.goneHint") });
      else setError("root", { message: problemText(error) });
    }
  });

  const wrong = formState.errors;
  return (
    // POST, so that a submit before the scripts load does not put the password into the URL.
    <form method="post" noValidate onSubmit={save} className="flex flex-col gap-4">
      <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
      <ControlledTextField
        control={control}
        name="password"
        type="password"
        autoComplete="new-password"
        label={t("reset.new")}
        help={t("reset.help")}
        error={wrong.password && t("reset.weak")}
      />
      <p className="text-muted">{t("reset.consequence")}</p>
      <Button type="submit" look="primary" isPending={formState.isSubmitting} className="h-9 max-sm:h-11">
        {t("reset.action")}
      </Button>
      <p role="alert" className="min-h-10 text-danger">
        {wrong.root?.message}
      </p>
    </form>
  );
}
