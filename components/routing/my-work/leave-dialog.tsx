"use client";

import { useTranslations } from "use-intl";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { Leaving } from "./rules";

/** Says what happens to a conversation before it leaves the agent. */
export function LeaveDialog({
  leaving,
  title,
  queue,
  onClose,
  onConfirm,
}: {
  leaving: Leaving;
  title: string;
  queue: string | undefined;
  onClose: () => void;
  onConfirm: () => void;
}) {
  const t = useTranslations("routing.myWork");
  const isClose = leaving === "close";
  return (
    <ConfirmDialog
      title={t(isClose ? "confirmClose.title" : "confirmHandBack.title")}
      action={t(isClose ? "confirmClose.action" : "handBack")}
      danger={false}
      isOpen
      onOpenChange={onClose}
      onConfirm={onConfirm}
    >
      <p dir="auto" className="break-words font-medium">
        {title}
      </p>
      <p>
        {isClose
          ? t("confirmClose.text")
          : queue
            ? t("confirmHandBack.text", { queue })
            : t("confirmHandBack.textDefault")}
      </p>
      {!isClose && <p className="text-muted">{t("confirmHandBack.exclude")}</p>}
    </ConfirmDialog>
  );
}
