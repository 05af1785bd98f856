"use client";

import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "./button";
import { Dialog } from "./dialog";

/**
 * Asks for confirmation before an irreversible action. `children` describe its effects. Stays open while the
 * action runs.
 */
export function ConfirmDialog({
  title,
  action,
  isOpen,
  onOpenChange,
  onConfirm,
  isReady = true,
  danger = true,
  children,
}: {
  title: string;
  /** Label of the confirm button. */
  action: string;
  isOpen: boolean;
  onOpenChange: (open: boolean) => void;
  onConfirm: () => Promise<void> | void;
  /** False while the effects are still loading. */
  isReady?: boolean;
  danger?: boolean;
  children: ReactNode;
}) {
  const t = useTranslations("ui");
  const [busy, setBusy] = useState(false);

  async function confirm() {
    setBusy(true);
    try {
      await onConfirm();
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog
      title={title}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      role="alertdialog"
      width="small"
      footer={
        <>
          <Button autoFocus onPress={() => onOpenChange(false)} isDisabled={busy}>
            {t("cancel")}
          </Button>
          <Button
            look={danger ? "danger" : "primary"}
            isPending={busy}
            isDisabled={!isReady}
            onPress={() => void confirm()}
          >
            {action}
          </Button>
        </>
      }
    >
      <div className="space-y-3">{children}</div>
    </Dialog>
  );
}
