"use client";

import { useTranslations } from "use-intl";
import { useProblemText } from "@/components/shell/problem-text";
import { notify } from "@/components/ui/toast";

/** Returns functions that confirm a change in a toast, with undo where it is safe. */
export function useNotes() {
  const t = useTranslations("settings.common");
  const ui = useTranslations("ui");
  const problemText = useProblemText();
  const failed = (error: unknown) =>
    notify({ kind: "error", title: t("notSaved"), detail: problemText(error) });
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
