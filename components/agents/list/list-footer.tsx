"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslations } from "use-intl";
import { classes } from "@/components/ui/classes";
import { dock } from "@/components/ui/dock";
import { IconButton } from "@/components/ui/icon-button";
import { Spinner } from "@/components/ui/spinner";
import { pageRange } from "@/lib/agents/agents/client/list-state";
import type { AgentPageState } from "./use-agent-page";

/** The range of rows shown, the total, and the page buttons. */
export function ListFooter({ agentPage }: { agentPage: AgentPageState }) {
  const t = useTranslations("agents.paging");
  const { data, page, isUpdating, next, back, prefetchNext } = agentPage;
  const range = pageRange(page, data?.results.length ?? 0, data?.total ?? 0);
  const isEmpty = data?.total === 0;
  return (
    <footer
      ref={dock}
      className="flex h-10 shrink-0 items-center max-sm:h-11 justify-between gap-3 border-line border-t px-4 text-muted text-sm sm:px-6"
    >
      {/* An empty list needs no range on the screen, but a screen reader still announces it. */}
      <p role="status" className={isEmpty ? "sr-only" : "tabular-nums"}>
        {data ? t("range", { ...range, total: data.total }) : ""}
      </p>
      <div className={classes("ms-auto flex items-center gap-1", isEmpty && "invisible")}>
        {isUpdating && <Spinner className="me-2 size-3.5 text-muted" />}
        <IconButton
          label={t("back")}
          keys="["
          size="small"
          placement="top"
          isDisabled={!back}
          onPress={() => back?.()}
        >
          <ChevronLeft aria-hidden="true" className="size-4 rtl:-scale-x-100" />
        </IconButton>
        <IconButton
          label={t("next")}
          keys="]"
          size="small"
          placement="top"
          isDisabled={!next}
          onHoverStart={prefetchNext}
          onPress={() => next?.()}
        >
          <ChevronRight aria-hidden="true" className="size-4 rtl:-scale-x-100" />
        </IconButton>
      </div>
    </footer>
  );
}
