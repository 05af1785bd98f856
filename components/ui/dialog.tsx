"use client";

import { X } from "lucide-react";
import { type FocusEvent, type ReactNode, useRef, useState } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components/Modal";
import { useTranslations } from "use-intl";
import { Button } from "./button";
import { classes } from "./classes";
import { dockDialog } from "./dock";
import { IconButton } from "./icon-button";

const widths = { small: "sm:max-w-md", medium: "sm:max-w-xl", large: "sm:max-w-3xl" };

/**
 * Fields whose text would be lost, and the parts of dates and times. What is typed into a search or a combo box only
 * finds something.
 */
const textFields = [
  "textarea",
  "input:not([type=search], [type=file], [type=range], [type=checkbox], [type=radio], [role=combobox])",
  "[role=spinbutton]",
].join();

const textOf = (field: Element) =>
  field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field.value : field.textContent;

/**
 * A modal dialog; a bottom sheet on phones. Escape or a press outside closes it unless `isBlocking`, which
 * protects unsaved input. Once something was typed, a press outside doesn't: it may be a slip. Escape and the close
 * button ask first if a text has changed, unless `appliesAtOnce`: then there is nothing to lose.
 */
export function Dialog({
  title,
  isOpen,
  onOpenChange,
  width = "medium",
  isBlocking = false,
  appliesAtOnce = false,
  role = "dialog",
  footer,
  children,
}: {
  title: string;
  isOpen: boolean;
  onOpenChange: (open: boolean) => void;
  width?: keyof typeof widths;
  isBlocking?: boolean;
  appliesAtOnce?: boolean;
  role?: "dialog" | "alertdialog";
  footer?: ReactNode;
  children: ReactNode;
}) {
  const t = useTranslations("ui");
  const [isTyped, setTyped] = useState(false);
  if (isTyped && !isOpen) setTyped(false);
  const [isAsking, setAsking] = useState(false);
  if (isAsking && !isOpen) setAsking(false);
  /** The text that fields had when they got the focus first. */
  const texts = useRef(new Map<Element, string | null>());
  const frame = useRef<HTMLElement>(null);
  const remember = ({ target }: FocusEvent) => {
    if (target.matches(textFields) && !texts.current.has(target)) texts.current.set(target, textOf(target));
  };
  const change = (open: boolean) => {
    const isChanged = [...texts.current].some(([field, text]) => field.isConnected && textOf(field) !== text);
    // What is being saved isn't lost.
    const isSaving = frame.current?.querySelector("button[data-pending]") != null;
    if (!open && isChanged && !isSaving && !appliesAtOnce) setAsking(true);
    else onOpenChange(open);
  };
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={change}
      isDismissable={!isBlocking && !isTyped}
      isKeyboardDismissDisabled={isBlocking}
      className="fixed inset-0 z-50 flex items-end justify-center bg-overlay data-entering:animate-appear sm:items-start sm:p-6 sm:pt-[10vh]"
    >
      <Modal
        className={classes(
          "flex max-h-[90dvh] w-full flex-col overflow-hidden rounded-t-xl border border-line bg-raised shadow-raised outline-none sm:max-h-[80vh] sm:rounded-xl",
          widths[width],
        )}
      >
        <AriaDialog ref={frame} role={role} className="flex min-h-0 flex-1 flex-col outline-none">
          <header className="flex items-center justify-between gap-4 border-line border-b py-3 ps-5 pe-3">
            <Heading slot="title" className="min-w-0 truncate font-semibold text-lg">
              {title}
            </Heading>
            {!isBlocking && (
              <IconButton label={t("close")} onPress={() => change(false)}>
                <X aria-hidden="true" className="size-4" />
              </IconButton>
            )}
          </header>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: listens to the fields inside */}
          <div
            ref={dockDialog}
            onInput={() => setTyped(true)}
            onFocus={remember}
            onKeyDown={({ target, key }) => {
              const isPart = target instanceof Element && target.role === "spinbutton";
              if (isPart && (key.length === 1 || /^(Arrow(Up|Down)|Backspace|Delete)$/.test(key)))
                setTyped(true);
            }}
            className="min-h-0 flex-1 overflow-y-auto px-5 py-4"
          >
            {children}
          </div>
          {footer && (
            <footer className="flex flex-wrap items-center justify-end gap-2 border-line border-t px-5 py-3">
              {footer}
            </footer>
          )}
          {isAsking && (
            <DiscardDialog isOpen onDiscard={() => onOpenChange(false)} onStay={() => setAsking(false)} />
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** Asks before unsaved input is discarded. */
export function DiscardDialog({
  isOpen,
  onDiscard,
  onStay,
}: {
  isOpen: boolean;
  onDiscard: () => void;
  onStay: () => void;
}) {
  const t = useTranslations("ui");
  return (
    <Dialog
      title={t("lossTitle")}
      role="alertdialog"
      width="small"
      isOpen={isOpen}
      onOpenChange={(open) => !open && onStay()}
      footer={
        <>
          <Button autoFocus onPress={onStay}>
            {t("keepEditing")}
          </Button>
          <Button look="danger" onPress={onDiscard}>
            {t("discard")}
          </Button>
        </>
      }
    >
      <p>{t("lossText")}</p>
    </Dialog>
  );
}
