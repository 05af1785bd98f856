"use client";

import { X } from "lucide-react";
import { createContext, type ReactNode, useContext, useEffect } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components/Modal";
import { useTranslations } from "use-intl";
import { DiscardDialog } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import { usePage } from "./page-context";

/** The buttons of the panel's form. */
interface FormButtons {
  submitLabel: string;
  /** Deletes the item; opposite the other buttons. */
  remove?: ReactNode;
}

const Buttons = createContext<FormButtons | undefined>(undefined);

export const useFormButtons = () => useContext(Buttons);

/** A side sheet, full-screen on phones, that shows or edits one item of the list. */
export function Panel({
  title,
  badge,
  buttons,
  children,
}: {
  title: string;
  badge?: ReactNode;
  buttons?: FormButtons;
  children: ReactNode;
}) {
  const t = useTranslations("ui");
  const { panel } = usePage();
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
          <Buttons value={buttons}>{children}</Buttons>
          <DiscardDialog isOpen={panel.isAsking} onDiscard={panel.leave} onStay={panel.stay} />
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export function PanelBody({ children }: { children: ReactNode }) {
  return <div className="min-h-0 flex-1 space-y-5 overflow-y-auto px-5 py-4">{children}</div>;
}

/** Reports unsaved input to the panel and, for closing the tab, to the browser. */
export function useLossGuard(isDirty: boolean): void {
  const { setDirty } = usePage().panel;
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
