"use client";

import { type RefObject, useEffect, useRef } from "react";
import { useWorkspace } from "@/components/shell/workspace-context";
import { type Density, rowHeights } from "@/components/ui/table";
import type { Agent } from "@/lib/agents/contract";
import { keepPlace, takeOpened } from "../list-place";

/** The box in the list that scrolls: the table, or the cards. */
const boxOf = (list: HTMLElement) => list.querySelector<HTMLElement>("[role=grid], ul");

/** The row or the card of an agent, as far as it is drawn. */
function rowOf(list: HTMLElement, id: string): HTMLElement | null {
  return (
    list.querySelector<HTMLElement>(`[role=row][data-key="${CSS.escape(id)}"]`) ??
    list.querySelector<HTMLElement>(`li a[href*="/agents/${CSS.escape(id)}"]`)
  );
}

/**
 * Keeps where somebody is in the list, for the pages of its agents. Whoever comes back from one finds the list scrolled as it
 * was, and the focus on the row of the agent last seen.
 */
export function useKeptPlace(
  list: RefObject<HTMLElement | null>,
  rows: readonly Agent[],
  { isReady, density }: { isReady: boolean; density: Density },
): void {
  const { workspace } = useWorkspace();
  const isBack = useRef(false);

  useEffect(() => {
    if (!isReady || !list.current) return;
    const box = boxOf(list.current);
    const search = window.location.search.replace(/^\?/, "");
    const opened = isBack.current ? null : takeOpened(workspace.slug, search);
    isBack.current = true;
    keepPlace({ workspace: workspace.slug, search, ids: rows.map(({ id }) => id) });
    if (!box) return;
    const keep = () => keepPlace({ top: box.scrollTop });
    let frame = 0;
    if (opened) {
      box.scrollTop = opened.top;
      const place = rows.findIndex(({ id }) => id === opened.id);
      const height = rowHeights[density];
      const isTable = box.role === "grid";
      // Another agent than the one that was opened may have been reached since; rows out of sight are not drawn.
      const offset = place * height - box.scrollTop;
      if (isTable && place >= 0 && (offset < 0 || offset > box.clientHeight - 2 * height))
        box.scrollTop = place * height - box.clientHeight / 2;
      let tries = 0;
      const focus = () => {
        const row = list.current && rowOf(list.current, opened.id);
        if (row) row.focus({ preventScroll: isTable });
        else if (++tries < 20) frame = requestAnimationFrame(focus);
      };
      if (place >= 0) frame = requestAnimationFrame(focus);
    }
    box.addEventListener("scroll", keep, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      box.removeEventListener("scroll", keep);
    };
  }, [list, rows, isReady, density, workspace.slug]);
}
