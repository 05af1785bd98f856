"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ConfirmAction } from "./confirm-action";
import { useNotes } from "./notes";
import { usePage } from "./page-context";

/** Asks whether to delete an item, and says so afterwards. */
export function SimpleDelete({
  item,
  action,
  remove,
  isReady = true,
  children,
}: {
  item: { id: string; name: string };
  action: string;
  remove: { mutateAsync: (id: string) => Promise<unknown> };
  /** Whether it can be confirmed. */
  isReady?: boolean;
  /** The effects. */
  children: ReactNode;
}) {
  const common = useTranslations("settings.common");
  const notes = useNotes();
  const { panel } = usePage();
  return (
    <ConfirmAction
      title={common("deleteTitle", { name: item.name })}
      action={action}
      isReady={isReady}
      onConfirm={async () => {
        await remove.mutateAsync(item.id);
        panel.leave();
        notes.deleted(item.name);
      }}
    >
      {children}
    </ConfirmAction>
  );
}
