"use client";

import { type UndefinedInitialDataOptions, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useProblemText } from "@/components/shell/problem-text";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Skeleton } from "@/components/ui/skeleton";
import { ConfirmAction } from "./confirm-action";

/** Loads what uses an item, then asks whether to delete it. */
export function DeleteDialog<Usage, Key extends readonly unknown[]>({
  title,
  action,
  usage: options,
  describe,
  onConfirm,
  onClose,
}: {
  title: string;
  action: string;
  usage: UndefinedInitialDataOptions<Usage, Error, Usage, Key>;
  /** Describes what happens to the users of the item. */
  describe: (usage: Usage) => ReactNode;
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
}) {
  const ui = useTranslations("ui");
  const problemText = useProblemText();
  // Not cached, because usage may have changed since the last time.
  const usage = useQuery({ ...options, gcTime: 0, refetchOnWindowFocus: false });
  return (
    <ConfirmAction
      title={title}
      action={action}
      isReady={usage.isSuccess}
      onConfirm={onConfirm}
      onClose={onClose}
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
