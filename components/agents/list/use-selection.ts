"use client";

import { type MouseEvent, useCallback, useMemo, useRef, useState } from "react";
import type { Selection } from "react-aria-components/Table";
import type { Agent } from "@/lib/agents/agents/contract";

/** Returns the IDs of the rows between two rows, in either order. */
function rowsBetween(rows: readonly Agent[], from: string, to: string | undefined): string[] {
  const ends = [from, to].map((id) => rows.findIndex((row) => row.id === id));
  if (ends.includes(-1)) return [];
  return rows.slice(Math.min(...ends), Math.max(...ends) + 1).map(({ id }) => id);
}

/** Returns the selected agents of all pages. Names are kept, because rows of other pages are not loaded. */
export function useSelection(rows: readonly Agent[]) {
  const [chosen, setChosen] = useState<ReadonlyMap<string, string>>(new Map());
  const withShift = useRef(false);
  const lastChosen = useRef<string>(undefined);

  const change = useCallback(
    (next: Selection) => {
      const anchor = withShift.current ? lastChosen.current : undefined;
      setChosen((before) => {
        if (next === "all") return new Map([...before, ...rows.map(({ id, name }) => [id, name] as const)]);
        if (next.size === 0) {
          // Clearing the header checkbox clears this page's selection; if this page has none, it clears all
          // pages.
          const others = [...before].filter(([id]) => !rows.some((row) => row.id === id));
          return new Map(others.length === before.size ? [] : others);
        }
        const names = new Map(rows.map(({ id, name }) => [id, name]));
        const added = [...next].map(String).filter((id) => !before.has(id));
        // Shift+click selects the range from the previously selected row.
        const range = anchor && added.length === 1 ? rowsBetween(rows, anchor, added[0]) : [];
        lastChosen.current = added.at(-1) ?? lastChosen.current;
        return new Map(
          [...next, ...range].map((key) => [
            String(key),
            names.get(String(key)) ?? before.get(String(key)) ?? "",
          ]),
        );
      });
    },
    [rows],
  );

  const keys = useMemo(() => new Set(chosen.keys()), [chosen]);
  /** Records whether Shift is held during a click. For the element around the checkboxes. */
  const watchShift = useCallback((event: MouseEvent) => {
    withShift.current = event.shiftKey;
  }, []);
  const clear = useCallback(() => setChosen(new Map()), []);
  const drop = useCallback(
    (ids: readonly string[]) =>
      setChosen((before) => new Map([...before].filter(([id]) => !ids.includes(id)))),
    [],
  );
  // Memoized, because a new object renders all rows.
  return useMemo(
    () => ({ keys, /** Maps IDs to names. */ chosen, change, watchShift, clear, drop }),
    [keys, chosen, change, watchShift, clear, drop],
  );
}

export type AgentSelection = ReturnType<typeof useSelection>;
