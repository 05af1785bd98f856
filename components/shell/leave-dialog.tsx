"use client";

import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useList } from "./use-list";

/** Asks before unsaved changes are discarded. */
export function LeaveDialog({
  changed,
  onLeave,
  onStay,
}: {
  /** The names of the changed fields. */
  changed: readonly string[];
  onLeave: () => void;
  onStay: () => void;
}) {
  const t = useTranslations("profile.leave");
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
      <p>{t("body", { fields: list(changed) })}</p>
    </Dialog>
  );
}
