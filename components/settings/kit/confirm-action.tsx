"use client";

import { type ComponentProps, type ReactNode, useState } from "react";
import { useProblemText } from "@/components/shell/problem-text";
import { Callout } from "@/components/ui/callout";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";

/**
 * Asks for confirmation, runs the action and closes. If the server refuses, it stays open and shows the
 * error.
 */
export function ConfirmAction({
  onConfirm,
  onClose,
  children,
  ...props
}: Pick<ComponentProps<typeof ConfirmDialog>, "title" | "action" | "isReady" | "danger"> & {
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
  /** The effects of the action. */
  children: ReactNode;
}) {
  const problemText = useProblemText();
  const [refusal, setRefusal] = useState<unknown>();

  async function confirm() {
    setRefusal(undefined);
    try {
      await onConfirm();
      onClose();
    } catch (error) {
      setRefusal(error);
    }
  }

  return (
    <ConfirmDialog
      {...props}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      onConfirm={confirm}
    >
      {children}
      {refusal !== undefined && (
        <Callout look="danger" role="alert">
          {problemText(refusal)}
        </Callout>
      )}
    </ConfirmDialog>
  );
}
