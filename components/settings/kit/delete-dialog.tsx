"use client";

import { type UndefinedInitialDataOptions, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useProblemText } from "@/components/shell/problem-text";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Skeleton } from "@/components/ui/skeleton";
import { ConfirmAction } from "./confirm-action";
import { useNotes } from "./notes";
import { usePage } from "./page-context";

/** Loads what uses an item, then asks whether to delete it. */
export function DeleteDialog<Usage, Key extends readonly unknown[]>({
  item,
  action,
  usage: options,
  remove,
  children: describe,
}: {
  item: { id: string; name: string };
  action: string;
  usage: UndefinedInitialDataOptions<Usage, Error, Usage, Key>;
  /** Describes what happens to the users of the item. */
  children: (usage: Usage) => ReactNode;
  remove: { mutateAsync: (id: string) => Promise<unknown> };
}) {
  const common = useTranslations("settings.common");
  const ui = useTranslations("ui");
  const problemText = useProblemText();
  const notes = useNotes();
  const { panel } = usePage();
  // Not cached, because usage may have changed since the last time.
  const usage = useQuery({ ...options, gcTime: 0, refetchOnWindowFocus: false });
  return (
    <ConfirmAction
      title={common("deleteTitle", { name: item.name })}
      action={action}
      isReady={usage.isSuccess}
      onConfirm={async () => {
        await remove.mutateAsync(item.id);
        panel.leave();
        notes.deleted(item.name);
      }}
    >
      {usage.isPending && <Skeleton className="h-10" />}
      {usage.isError && (
        <Callout
          look="danger"
          role="alert"
          action={
            <Button size="small" onPress={() => void usage.refetch()}>
              {ui("retry")}
            </Button>
          }
        >
          {problemText(usage.error)}
        </Callout>
      )}
      {usage.isSuccess && <div className="min-h-10">{describe(usage.data)}</div>}
    </ConfirmAction>
  );
}
