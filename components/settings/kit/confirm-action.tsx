"use client";

import { type ComponentProps, type ReactNode, useState } from "react";
import { useProblemText } from "@/components/shell/problem-text";
import { Callout } from "@/components/ui/callout";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { usePage } from "./page-context";

/**
 * Asks for confirmation in the dialog of the page, runs the action and closes. If the server refuses, it
 * stays open and shows the error.
 */
export function ConfirmAction({
  onConfirm,
  children,
  ...props
}: Pick<ComponentProps<typeof ConfirmDialog>, "title" | "action" | "isReady" | "danger"> & {
  onConfirm: () => Promise<unknown>;
  /** The effects of the action. */
  children: ReactNode;
}) {
  const problemText = useProblemText();
  const { close } = usePage();
  const [refusal, setRefusal] = useState<unknown>();

  async function confirm() {
    setRefusal(undefined);
    try {
      await onConfirm();
      close();
    } catch (error) {
      setRefusal(error);
    }
  }

  return (
    <ConfirmDialog
      {...props}
      isOpen
      onOpenChange={(open) => {
        if (!open) close();
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
