"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useCommandKey } from "@/components/shell/command-key";
import { Button } from "@/components/ui/button";
import { dock } from "@/components/ui/dock";
import { Keys } from "@/components/ui/keys";
import { useList } from "./use-list";

/** Lists the changed fields, and saves or discards them. Toasts are placed above it. */
export function SaveBar({
  changed,
  children,
  overlap,
  isSaving,
  onSave,
  onDiscard,
}: {
  /** The names of the changed fields. */
  changed: readonly string[];
  /** The effect of saving. */
  children?: ReactNode;
  /** The names of changed fields that someone else has saved since. */
  overlap?: readonly string[];
  isSaving: boolean;
  onSave: () => void;
  onDiscard: () => void;
}) {
  const t = useTranslations("profile.save");
  const list = useList();
  const commandKey = useCommandKey();

  return (
    <section
      ref={dock}
      aria-label={t("label")}
      className="sticky bottom-0 z-20 mt-auto animate-appear border-line border-t bg-raised px-4 py-2.5 shadow-raised sm:px-6"
    >
      {children}
      {/* Always present, so that screen readers announce a text that appears in it. */}
      <p aria-live="polite" className="text-warning not-empty:pb-2">
        {overlap && overlap.length > 0 && t("overlap", { fields: list(overlap) })}
      </p>
      <div className="flex flex-wrap items-center justify-end gap-x-4 gap-y-2">
        <p role="status" className="line-clamp-2 min-w-0 flex-1 basis-48">
          {t("changed", { fields: list(changed) })}
        </p>
        <div className="flex items-center gap-2">
          <Button look="quiet" onPress={onDiscard} isDisabled={isSaving}>
            {t("discard")}
          </Button>
          <Button look="primary" onPress={onSave} isPending={isSaving}>
            {t("save")}
            <span className="max-sm:hidden">
              <Keys keys={`${commandKey} S`} onDark />
            </span>
          </Button>
        </div>
      </div>
    </section>
  );
}
