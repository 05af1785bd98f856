"use client";

import { useMemo } from "react";
import { useSearchString } from "@/components/shell/use-search-string";
import type { AgentFilters, AgentOrder } from "@/lib/agents/agents/client/list-state";
import type { columnIds, densities } from "./columns";
import { type FilterChange, readListAddress as read, writeListAddress as serialize } from "./list-address";

const firstPage = { page: null, after: null, at: null } as const;
const noFilters = {
  q: null,
  canTake: null,
  status: null,
  activity: null,
  teams: null,
  roles: null,
  skills: null,
  hours: null,
  changed: null,
  since: null,
  upto: null,
} as const;

/** Returns the list state in the URL and functions to change it. */
export function useListState() {
  return useListStateIn(...useSearchString());
}

/** The same for a page that keeps more in the URL. Every change of the list returns to the first page. */
export function useListStateIn(...[search, write]: ReturnType<typeof useSearchString>) {
  const state = useMemo(() => read(new URLSearchParams(search)), [search]);

  const filters = useMemo<AgentFilters>(
    () => ({
      text: state.q,
      canTake: state.canTake,
      status: state.status,
      activity: state.activity,
      teams: state.teams,
      roles: state.roles,
      skills: state.skills,
      hours: state.hours,
      changed: state.changed,
      since: state.since,
      upto: state.upto,
    }),
    [state],
  );
  const order = useMemo<AgentOrder>(() => ({ sort: state.sort, reverse: state.reverse }), [state]);

  const actions = useMemo(() => {
    const set = (change: Parameters<typeof serialize>[1], history: "push" | "replace" = "push") =>
      write((before) => serialize(new URLSearchParams(before), change), history);
    return {
      search: (text: string) => set({ q: text || null, ...firstPage }, "replace"),
      filter: (change: FilterChange) => set({ ...change, ...firstPage }),
      clear: () => set({ ...noFilters, ...firstPage }),
      sortBy: (next: AgentOrder) => set({ ...next, ...firstPage }),
      arrange: (change: {
        columns?: (typeof columnIds)[number][] | null;
        density?: (typeof densities)[number] | null;
      }) => set(change, "replace"),
      showNew: (isNew: boolean) => set({ isNew: isNew || null }, "replace"),
      goTo: (page: number, after: string, at: number | null) => set({ page, after, at }),
      goToStart: (history: "push" | "replace" = "push") => set(firstPage, history),
    };
  }, [write]);

  return { filters, order, place: state, ...actions };
}

export type ListState = ReturnType<typeof useListState>;
