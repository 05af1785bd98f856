"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useCallback } from "react";
import { useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { useProblemText } from "@/components/shell/problem-text";
import { Button } from "@/components/ui/button";
import { ControlledTextField } from "@/components/ui/controlled-text-field";
import { acceptInvitation } from "@/lib/access/people/contract";
import { createClient, RequestError } from "@/lib/platform/client/client";
import { signIn } from "./sign-in";
import { useFirstFocus } from "./use-first-focus";

const request = createClient();

const formSchema = z.object({
  name: acceptInvitation.body.shape.name.unwrap().or(z.literal("")),
  password: acceptInvitation.body.shape.password,
});

/** Accepts an invitation with a name and password, and signs in. */
export function InvitationForm({
  token,
  email,
  name,
}: {
  token: string;
  email: string;
  name: string | undefined;
}) {
  const t = useTranslations("auth");
  const problems = useTranslations("errors");
  const problemText = useProblemText();
  const { control, handleSubmit, setError, setFocus, formState } = useForm<z.input<typeof formSchema>>({
    resolver: zodResolver(formSchema),
    defaultValues: { name: name ?? "", password: "" },
  });
  const first = name ? "password" : "name";
  useFirstFocus(useCallback(() => setFocus(first), [setFocus, first]));

  const join = handleSubmit(async (chosen) => {
    try {
      const accepted = await request(acceptInvitation, {
        params: {},
        body: {
          token,
          password: chosen.password,
          ...(chosen.name.trim() === "" ? {} : { name: chosen.name.trim() }),
        },
      });
      const outcome = await signIn(accepted.data.email, chosen.password);
      window.location.assign(outcome === "ok" ? "/" : "/sign-in");
    } catch (error) {
      const details = error instanceof RequestError ? error.details : {};
      if (details.password) setError("password", { type: "weak" }, { shouldFocus: true });
      else if (error instanceof RequestError && error.code === "Unauthorized")
        setError("password", { type: "wrong" }, { shouldFocus: true });
      else if (details.name) setError("name", { type: "server" }, { shouldFocus: true });
      else setError("root", { message: problemText(error) });
    }
  });

  const wrong = formState.errors;
  return (
    // POST, so that a submit before the scripts load does not put the password into the URL.
    <form method="post" noValidate onSubmit={join} className="flex flex-col gap-4">
      <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
      <ControlledTextField
        control={control}
        name="name"
        label={t("invitation.name")}
        autoComplete="name"
        error={wrong.name && problems("tooLong", { max: 255 })}
      />
      <ControlledTextField
        control={control}
        name="password"
        type="password"
        autoComplete="new-password"
        label={t("password")}
        help={t("invitation.passwordHelp")}
        error={
          wrong.password &&
          (wrong.password.type === "weak"
            ? t("invitation.weak")
            : wrong.password.type === "wrong"
              ? t("invitation.wrong")
              : t("problems.passwordMissing"))
        }
      />
      <Button type="submit" look="primary" isPending={formState.isSubmitting} className="h-9 max-sm:h-11">
        {t("invitation.action")}
      </Button>
      <p role="alert" className="min-h-10 text-danger">
        {wrong.root?.message}
      </p>
    </form>
  );
}
