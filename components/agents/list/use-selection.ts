"use client";

import { useCallback, useMemo, useState } from "react";
import type { Selection } from "react-aria-components/Table";
import type { Agent } from "@/lib/agents/contract";

/** The agents that are chosen, on this page and on others: names are kept, because rows of other pages are not at hand. */
export function useSelection(rows: readonly Agent[]) {
  const [chosen, setChosen] = useState<ReadonlyMap<string, string>>(new Map());

  const change = useCallback(
    (next: Selection) =>
      setChosen((before) => {
        if (next === "all") return new Map([...before, ...rows.map(({ id, name }) => [id, name] as const)]);
        if (next.size === 0) {
          // Taking the tick from the head's box means this page; only where nothing of it is chosen, all of them.
          const others = [...before].filter(([id]) => !rows.some((row) => row.id === id));
          return new Map(others.length === before.size ? [] : others);
        }
        const names = new Map(rows.map(({ id, name }) => [id, name]));
        return new Map(
          [...next].map((key) => [String(key), names.get(String(key)) ?? before.get(String(key)) ?? ""]),
        );
      }),
    [rows],
  );

  const keys = useMemo(() => new Set(chosen.keys()), [chosen]);
  return {
    keys,
    /** Id to name. */
    chosen,
    change,
    clear: useCallback(() => setChosen(new Map()), []),
    drop: useCallback(
      (ids: readonly string[]) =>
        setChosen((before) => new Map([...before].filter(([id]) => !ids.includes(id)))),
      [],
    ),
  };
}

export type AgentSelection = ReturnType<typeof useSelection>;
