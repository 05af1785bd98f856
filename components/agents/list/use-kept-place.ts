"use client";

import { type RefObject, useEffect, useRef } from "react";
import { useWorkspace } from "@/components/shell/workspace-context";
import { type Density, rowHeights } from "@/components/ui/table";
import type { Agent } from "@/lib/agents/agents/contract";
import { keepPlace, type OpenedFrom, takeOpened } from "../list-place";

/** Returns the scroll container of the table or of the cards. */
const boxOf = (list: HTMLElement) => list.querySelector<HTMLElement>("[role=grid], ul");

/** Returns the row or card of an agent, if it is rendered. */
function rowOf(list: HTMLElement, id: string): HTMLElement | null {
  return (
    list.querySelector<HTMLElement>(`[role=row][data-key="${CSS.escape(id)}"]`) ??
    list.querySelector<HTMLElement>(`li a[href*="/agents/${CSS.escape(id)}"]`)
  );
}

/** Number of animation frames to wait for layout and virtualized rows. */
const mostFrames = 60;

/**
 * Saves the position in the list, and on return from an agent's page restores the scroll position and focuses
 * the row of the last visited agent.
 */
export function useKeptPlace(
  list: RefObject<HTMLElement | null>,
  rows: readonly Agent[],
  { isReady, isPhone, density }: { isReady: boolean; isPhone: boolean; density: Density },
): void {
  const { workspace } = useWorkspace();
  const opened = useRef<OpenedFrom | null | undefined>(undefined);

  // biome-ignore lint/correctness/useExhaustiveDependencies: cards and table are different boxes.
  useEffect(() => {
    if (!isReady) return;
    const search = window.location.search.replace(/^\?/, "");
    if (opened.current === undefined) opened.current = takeOpened(workspace.slug, search);
    keepPlace({ workspace: workspace.slug, search, ids: rows.map(({ id }) => id) });

    let frame = 0;
    let frames = 0;
    let box: HTMLElement | null = null;
    const keep = () => box && keepPlace({ top: box.scrollTop });
    function look() {
      box ??= list.current && boxOf(list.current);
      if (box && goBack(box, rowHeights[density])) {
        opened.current = null;
        box.addEventListener("scroll", keep, { passive: true });
      } else if (++frames < mostFrames) frame = requestAnimationFrame(look);
    }
    /** Restores the scroll position; returns false while the list is too short. */
    function goBack(box: HTMLElement, height: number): boolean {
      const from = opened.current;
      const place = from ? rows.findIndex(({ id }) => id === from.id) : -1;
      if (!from || place < 0) return true;
      if (box.scrollHeight < from.top + box.clientHeight) return false;
      const isTable = box.getAttribute("role") === "grid";
      const isNear = place * height >= from.top && (place + 2) * height <= from.top + box.clientHeight;
      // The last visited agent may differ from the opened one, and its row may not be rendered.
      box.scrollTop = isNear || !isTable ? from.top : place * height - box.clientHeight / 2;
      const row = list.current && rowOf(list.current, from.id);
      row?.focus({ preventScroll: isTable });
      return row !== null;
    }
    look();
    return () => {
      cancelAnimationFrame(frame);
      box?.removeEventListener("scroll", keep);
    };
  }, [list, rows, isReady, isPhone, density, workspace.slug]);
}
