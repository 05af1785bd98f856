"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { SearchX } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { useTranslations } from "use-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import { usePage } from "./page-context";
import { Panel, PanelBody } from "./panel";

/**
 * Renders the panel that the URL names. `children` render a new or existing item; for an item that does not
 * exist, it shows a message.
 */
export function PanelOf<Item extends { id: string }>({
  items,
  canCreate,
  children,
}: {
  items: Pick<UseQueryResult<Item[]>, "data" | "isPending">;
  canCreate: boolean;
  children: (item: Item | undefined) => ReactNode;
}) {
  const t = useTranslations("settings.common");
  const { target } = usePage().panel;
  const found = target?.kind === "edit" ? items.data?.find(({ id }) => id === target.id) : undefined;
  // Keeps a deleted item, so that the panel does not change until the page closes it.
  const last = useRef(found);
  if (found) last.current = found;
  if (!target) return null;
  if (target.kind === "new") return canCreate && items.data ? children(undefined) : null;
  const item = found ?? (last.current?.id === target.id ? last.current : undefined);
  if (item) return <Keyed key={item.id}>{children(item)}</Keyed>;
  return (
    <Panel title={items.isPending ? t("loading") : t("goneTitle")}>
      <PanelBody>
        {items.isPending ? (
          <Skeleton className="h-40" />
        ) : (
          <EmptyState icon={<SearchX className="size-5" />} title={t("goneTitle")}>
            {t("goneText")}
          </EmptyState>
        )}
      </PanelBody>
    </Panel>
  );
}

/** Remounts the form for each item. */
function Keyed({ children }: { children: ReactNode }) {
  return children;
}
