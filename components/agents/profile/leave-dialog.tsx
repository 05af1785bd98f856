"use client";

import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { ProfileField } from "./profile-fields";
import { useFieldName, useList } from "./use-field-words";

/** Asks before unsaved changes are discarded. */
export function LeaveDialog({
  changed,
  onLeave,
  onStay,
}: {
  changed: readonly ProfileField[];
  onLeave: () => void;
  onStay: () => void;
}) {
  const t = useTranslations("profile.leave");
  const fieldName = useFieldName();
  const list = useList();
  return (
    <Dialog
      isOpen
      role="alertdialog"
      width="small"
      title={t("title")}
      onOpenChange={onStay}
      footer={
        <>
          <Button autoFocus onPress={onStay}>
            {t("stay")}
          </Button>
          <Button look="danger" onPress={onLeave}>
            {t("leave")}
          </Button>
        </>
      }
    >
      <p>{t("body", { fields: list(changed.map(fieldName)) })}</p>
    </Dialog>
  );
}
