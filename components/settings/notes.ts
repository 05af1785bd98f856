"use client";

import { useTranslations } from "use-intl";
import { notify } from "@/components/ui/toast";
import { useRefusalText } from "./refusal-text";

/** Says in the corner what was done, and offers to take it back where that does no harm. */
export function useNotes() {
  const t = useTranslations("settings.common");
  const ui = useTranslations("ui");
  const refusalText = useRefusalText();
  const failed = (error: unknown) =>
    notify({ kind: "error", title: t("notSaved"), detail: refusalText(error) });
  return {
    created: (name: string) => notify({ kind: "success", title: t("created", { name }) }),
    deleted: (name: string) => notify({ kind: "success", title: t("deleted", { name }) }),
    failed,
    saved(name: string, undo?: () => Promise<unknown>) {
      notify({
        kind: "success",
        title: t("saved", { name }),
        action: undo && {
          label: ui("undo"),
          run: () => void undo().then(() => notify({ kind: "info", title: t("undone", { name }) }), failed),
        },
      });
    },
  };
}

/** The change that takes a change back: each property as it was, `null` where there was none. */
export function reverse<Change extends object>(before: object, change: Change): Change {
  const was = before as Record<string, unknown>;
  return Object.fromEntries(Object.keys(change).map((key) => [key, was[key] ?? null])) as Change;
}

/** Those values that the person has changed. */
export function changed<Values extends object>(
  values: Values,
  dirty: Partial<Record<keyof Values, unknown>>,
): Partial<Values> {
  return Object.fromEntries(
    Object.entries(values).filter(([key]) => isDirty(dirty[key as keyof Values])),
  ) as Partial<Values>;
}

const isDirty = (mark: unknown): boolean =>
  mark === true || (typeof mark === "object" && mark !== null && Object.values(mark).some(isDirty));
