"use client";

import { Upload } from "lucide-react";
import type { ReactNode } from "react";
import { DropZone as AriaDropZone } from "react-aria-components/DropZone";
import { FileTrigger } from "react-aria-components/FileTrigger";
import { useTranslations } from "use-intl";
import { isAccepted } from "./accepted-files";
import { Button } from "./button";
import { classes } from "./classes";

/**
 * Accepts files by drop, by paste while focused, or from a file dialog. Other types go to `onRefused`, so
 * that the caller can say why.
 */
export function DropZone({
  label,
  accept = [],
  allowsMultiple = false,
  isDisabled = false,
  onFiles,
  onRefused,
  action,
  className,
  children,
}: {
  /** Accessible name. */
  label: string;
  /** File types in the format of an input's `accept`: `image/png`, `image/*`, `.wav`. */
  accept?: readonly string[];
  allowsMultiple?: boolean;
  isDisabled?: boolean;
  onFiles: (files: File[]) => void;
  onRefused?: (files: File[]) => void;
  /** Label of the button that opens the file dialog. */
  action?: string;
  className?: string;
  /** Describes the accepted files or the chosen one. */
  children?: ReactNode;
}) {
  const t = useTranslations("ui");

  function take(files: File[]) {
    const accepted = files.filter((file) => isAccepted(file, accept));
    const refused = files.filter((file) => !isAccepted(file, accept));
    if (refused.length > 0) onRefused?.(refused);
    if (accepted.length > 0) onFiles(allowsMultiple ? accepted : accepted.slice(0, 1));
  }

  return (
    <AriaDropZone
      aria-label={label}
      isDisabled={isDisabled}
      getDropOperation={() => "copy"}
      onDrop={async ({ items }) => {
        take(await Promise.all(items.filter((item) => item.kind === "file").map((item) => item.getFile())));
      }}
      className={classes(
        "group flex flex-col items-center justify-center gap-3 rounded-lg border border-line-strong border-dashed bg-surface px-4 py-6 text-center transition-colors",
        "data-drop-target:border-accent data-drop-target:bg-accent-soft data-disabled:border-line data-disabled:bg-sunken",
        "data-focus-visible:outline-2 data-focus-visible:outline-accent data-focus-visible:outline-offset-2",
        className,
      )}
    >
      {({ isDropTarget }) => (
        <>
          {children && <div className="min-w-0 max-w-full text-muted">{children}</div>}
          <FileTrigger
            {...(accept.length > 0 ? { acceptedFileTypes: accept } : {})}
            allowsMultiple={allowsMultiple}
            onSelect={(files) => files && take([...files])}
          >
            <Button isDisabled={isDisabled}>
              <Upload aria-hidden="true" className="size-4" />
              {isDropTarget ? t("dropHere") : (action ?? t(allowsMultiple ? "chooseFiles" : "chooseFile"))}
            </Button>
          </FileTrigger>
        </>
      )}
    </AriaDropZone>
  );
}
