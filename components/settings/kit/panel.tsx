"use client";

import { X } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components/Modal";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { dockDialog } from "@/components/ui/dock";
import { IconButton } from "@/components/ui/icon-button";
import type { PanelState } from "./panel-state";

/** A side sheet, full-screen on phones, that shows or edits one item of the list. */
export function Panel({
  panel,
  title,
  badge,
  children,
}: {
  panel: PanelState;
  title: string;
  badge?: ReactNode;
  children: ReactNode;
}) {
  const t = useTranslations("ui");
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => {
        if (!open) panel.close();
      }}
      className="fixed inset-0 z-50 flex justify-end bg-overlay data-entering:animate-appear"
    >
      <Modal className="flex h-dvh w-full flex-col border-line bg-raised shadow-raised outline-none sm:max-w-lg sm:border-s">
        <AriaDialog className="flex min-h-0 flex-1 flex-col outline-none">
          <header className="flex items-center gap-3 border-line border-b py-3 ps-5 pe-3">
            <Heading slot="title" className="min-w-0 truncate font-semibold text-lg">
              {title}
            </Heading>
            {badge}
            <IconButton label={t("close")} onPress={panel.close} className="ms-auto">
              <X aria-hidden="true" className="size-4" />
            </IconButton>
          </header>
          {children}
          <LossQuestion panel={panel} />
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export function PanelBody({ children }: { children: ReactNode }) {
  return <div className="min-h-0 flex-1 space-y-5 overflow-y-auto px-5 py-4">{children}</div>;
}

/** The fixed footer of a panel. `start` is opposite the other buttons. */
export function PanelFooter({ start, children }: { start?: ReactNode; children: ReactNode }) {
  return (
    <footer ref={dockDialog} className="flex flex-wrap items-center gap-2 border-line border-t px-5 py-3">
      {start}
      <div className="ms-auto flex items-center gap-2">{children}</div>
    </footer>
  );
}

/** Reports unsaved input to the panel and, for closing the tab, to the browser. */
export function useLossGuard(panel: PanelState, isDirty: boolean): void {
  const { setDirty } = panel;
  useEffect(() => {
    setDirty(isDirty);
    if (!isDirty) return;
    const hold = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", hold);
    return () => {
      setDirty(false);
      window.removeEventListener("beforeunload", hold);
    };
  }, [setDirty, isDirty]);
}

function LossQuestion({ panel }: { panel: PanelState }) {
  const t = useTranslations("settings.common");
  return (
    <Dialog
      title={t("lossTitle")}
      role="alertdialog"
      width="small"
      isOpen={panel.isAsking}
      onOpenChange={(open) => {
        if (!open) panel.stay();
      }}
      footer={
        <>
          <Button autoFocus onPress={panel.stay}>
            {t("keepEditing")}
          </Button>
          <Button look="danger" onPress={panel.leave}>
            {t("discard")}
          </Button>
        </>
      }
    >
      <p>{t("lossText")}</p>
    </Dialog>
  );
}
