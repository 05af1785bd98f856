"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { usePage } from "./page-context";

/** Explains in the dialog of the page why an action is not possible. */
export function Notice({
  title,
  closeLabel,
  children,
}: {
  title: string;
  closeLabel: string;
  children: ReactNode;
}) {
  const { close } = usePage();
  return (
    <Dialog
      title={title}
      role="alertdialog"
      width="small"
      isOpen
      onOpenChange={close}
      footer={
        <Button autoFocus onPress={close}>
          {closeLabel}
        </Button>
      }
    >
      <p>{children}</p>
    </Dialog>
  );
}
