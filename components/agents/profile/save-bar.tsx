"use client";

import { useTranslations } from "use-intl";
import { useCommandKey } from "@/components/shell/command-key";
import { Button } from "@/components/ui/button";
import { dock } from "@/components/ui/dock";
import { Keys } from "@/components/ui/keys";
import type { ProfileField } from "./profile-fields";
import { useFieldName, useList } from "./use-field-words";

/** Lists the changed fields, and saves or discards them. Toasts are placed above it. */
export function SaveBar({
  changed,
  overlap,
  isSaving,
  onSave,
  onDiscard,
}: {
  changed: readonly ProfileField[];
  /** Changed fields that someone else has saved meanwhile. */
  overlap: readonly ProfileField[];
  isSaving: boolean;
  onSave: () => void;
  onDiscard: () => void;
}) {
  const t = useTranslations("profile.save");
  const fieldName = useFieldName();
  const list = useList();
  const commandKey = useCommandKey();

  return (
    <section
      ref={dock}
      aria-label={t("label")}
      className="sticky bottom-0 z-20 mt-auto animate-appear border-line border-t bg-raised px-4 py-2.5 shadow-raised sm:px-6"
    >
      {/* Always present, so that screen readers announce a text that appears in it. */}
      <p aria-live="polite" className="text-warning not-empty:pb-2">
        {overlap.length > 0 && t("overlap", { fields: list(overlap.map(fieldName)) })}
      </p>
      <div className="flex flex-wrap items-center justify-end gap-x-4 gap-y-2">
        <p role="status" className="line-clamp-2 min-w-0 flex-1 basis-48">
          {t("changed", { fields: list(changed.map(fieldName)) })}
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
