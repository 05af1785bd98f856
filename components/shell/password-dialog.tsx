"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import type { z } from "zod";
import { signIn } from "@/components/access/sign-in";
import { Button } from "@/components/ui/button";
import { ControlledTextField } from "@/components/ui/controlled-text-field";
import { Dialog } from "@/components/ui/dialog";
import { notify } from "@/components/ui/toast";
import { changePassword } from "@/lib/access/auth/client/calls";
import { passwordChangeSchema } from "@/lib/access/auth/contract";
import { RequestError } from "@/lib/platform/client/client";
import { request } from "@/lib/platform/client/request";
import { useProblemText } from "./problem-text";
import { useWorkspace } from "./workspace-context";

/**
 * Changes the person's own password. This ends all sessions, so the dialog then signs in again with the new
 * password.
 */
export function PasswordDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("shell.password");
  const problemText = useProblemText();
  const { user } = useWorkspace();
  const { control, handleSubmit, setError, formState } = useForm<z.input<typeof passwordChangeSchema>>({
    resolver: zodResolver(passwordChangeSchema),
    defaultValues: { current: "", new: "" },
  });

  const save = handleSubmit(async (body) => {
    try {
      await request(changePassword, { params: {}, body });
      await signIn(user.email, body.new);
      notify({ kind: "success", title: t("changed"), detail: t("others") });
      onClose();
    } catch (error) {
      const details = error instanceof RequestError ? error.details : {};
      if (details.current) setError("current", { type: "server" }, { shouldFocus: true });
      else if (details.new) setError("new", { type: "server" }, { shouldFocus: true });
      else setError("root", { message: problemText(error) });
    }
  });

  const wrong = formState.errors;
  return (
    <Dialog
      title={t("title")}
      isOpen
      onOpenChange={onClose}
      width="small"
      footer={
        <Button type="submit" form="password" look="primary" isPending={formState.isSubmitting}>
          {t("change")}
        </Button>
      }
    >
      <form id="password" noValidate onSubmit={save} className="flex flex-col gap-4">
        <input type="email" autoComplete="username" value={user.email} readOnly hidden />
        <ControlledTextField
          control={control}
          name="current"
          autoFocus
          type="password"
          autoComplete="current-password"
          label={t("current")}
          error={wrong.current && (wrong.current.type === "server" ? t("wrong") : t("currentMissing"))}
        />
        <ControlledTextField
          control={control}
          name="new"
          type="password"
          autoComplete="new-password"
          label={t("new")}
          help={t("rules")}
          error={wrong.new && (wrong.new.type === "server" ? t("tooCommon") : t("rules"))}
        />
        {wrong.root && (
          <p role="alert" className="text-danger">
            {wrong.root.message}
          </p>
        )}
        <p className="text-muted">{t("consequence")}</p>
      </form>
    </Dialog>
  );
}
