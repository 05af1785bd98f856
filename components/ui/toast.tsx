"use client";

import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import { Button as AriaButton } from "react-aria-components/Button";
import {
  UNSTABLE_ToastRegion as AriaToastRegion,
  Text,
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
} from "react-aria-components/Toast";
import { useTranslations } from "use-intl";
import { classes } from "./classes";
import { UndoNotes } from "./undo-notes";

interface Message {
  kind: "success" | "error" | "info";
  title: string;
  detail?: string | undefined;
  /** On a toast that is not an error, the action undoes the change. */
  action?:
    | {
        label: string;
        run: () => void;
        /** Minimum time the toast stays, in milliseconds. */
        atLeast?: number;
      }
    | undefined;
}

const queue = new ToastQueue<Message>({ maxVisibleToasts: 3 });

const undoNotes = new UndoNotes((key) => queue.close(key));

/** Closes toasts with an undo action, which would no longer undo the last change. */
export const endUndos = () => undoNotes.end();

/** Duration of a plain toast in milliseconds. Errors stay until closed, undo toasts until the next change. */
const plainTime = 5_000;

/** Shows a toast and announces it to screen readers. Returns a function that closes it. */
export function notify(message: Message): () => void {
  const isPlain = message.kind !== "error" && !message.action;
  const key = queue.add(message, isPlain ? { timeout: plainTime } : {});
  if (message.kind !== "error" && message.action) undoNotes.add(key, message.action.atLeast ?? 0);
  return () => queue.close(key);
}

const icons = {
  success: <CircleCheck aria-hidden="true" className="size-4 text-success" />,
  error: <CircleAlert aria-hidden="true" className="size-4 text-danger" />,
  info: <Info aria-hidden="true" className="size-4 text-muted" />,
};

/** Renders the toasts; must be mounted exactly once. */
export function ToastRegion() {
  const t = useTranslations("ui");
  return (
    <AriaToastRegion
      queue={queue}
      aria-label={t("notifications")}
      // Below modal dialogs (z-50), which an undo toast must not cover. An error may come from the dialog itself.
      className={({ visibleToasts }) =>
        classes(
          "fixed end-4 bottom-[calc(1rem+var(--dock,0px)+var(--notice,0px))] flex w-[min(24rem,calc(100vw-2rem))] flex-col-reverse gap-2 rounded-lg outline-none",
          visibleToasts.some(({ content }) => content.kind === "error") ? "z-[60]" : "z-[45]",
        )
      }
    >
      {({ toast }) => (
        <Toast
          toast={toast}
          className="flex animate-appear items-start gap-2.5 rounded-lg border border-line bg-raised p-3 shadow-raised outline-none data-focus-visible:outline-2 data-focus-visible:outline-accent"
        >
          <span className="mt-0.5">{icons[toast.content.kind]}</span>
          <ToastContent className="min-w-0 flex-1">
            <Text slot="title" className="block break-words font-medium">
              {toast.content.title}
            </Text>
            {toast.content.detail && (
              <Text slot="description" className="block break-words text-muted text-sm">
                {toast.content.detail}
              </Text>
            )}
          </ToastContent>
          {toast.content.action && (
            <AriaButton
              className={classes(
                "-my-0.5 rounded-md px-2 py-1 font-medium text-accent text-sm data-hovered:bg-hover",
                "data-focus-visible:outline-2 data-focus-visible:outline-accent",
              )}
              onPress={() => {
                toast.content.action?.run();
                queue.close(toast.key);
              }}
            >
              {toast.content.action.label}
            </AriaButton>
          )}
          <AriaButton
            slot="close"
            aria-label={t("close")}
            className="flex size-6 items-center justify-center rounded text-muted data-hovered:bg-hover data-focus-visible:outline-2 data-focus-visible:outline-accent"
          >
            <X aria-hidden="true" className="size-3.5" />
          </AriaButton>
        </Toast>
      )}
    </AriaToastRegion>
  );
}
