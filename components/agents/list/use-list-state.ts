"use client";

import {
  debounce,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsInteger,
  parseAsIsoDateTime,
  parseAsString,
  parseAsStringLiteral,
  useQueryStates,
} from "nuqs";
import { useMemo } from "react";
import { agentSortKeys } from "@/lib/agents/contract";
import { type AgentFilters, type AgentOrder, changePresets } from "@/lib/agents/list-state";
import { activities, agentStatuses } from "@/lib/availability/contract";
import { columnIds, densities } from "./columns";

const ids = parseAsArrayOf(parseAsString).withDefault([]);

/** Everything about the list that its address tells. */
const parameters = {
  q: parseAsString.withDefault(""),
  status: parseAsArrayOf(parseAsStringLiteral(agentStatuses)).withDefault([]),
  activity: parseAsArrayOf(parseAsStringLiteral(activities)).withDefault([]),
  teams: ids,
  roles: ids,
  skills: ids,
  hours: parseAsStringLiteral(["in", "out"] as const),
  changed: parseAsStringLiteral(changePresets),
  since: parseAsIsoDateTime,
  upto: parseAsIsoDateTime,
  sort: parseAsStringLiteral(agentSortKeys).withDefault("name"),
  reverse: parseAsBoolean.withDefault(false),
  columns: parseAsArrayOf(parseAsStringLiteral(columnIds)),
  density: parseAsStringLiteral(densities),
  page: parseAsInteger.withDefault(1),
  /** Where the page begins, as the answer to the page before told. */
  after: parseAsString,
  /** The instant that relative spans were counted from when the first page was read: its tokens are bound to it. */
  at: parseAsInteger,
};

/** Names in the address where they are not those in here: each of several values is one team, one role, one skill. */
const urlKeys = { teams: "team", roles: "role", skills: "skill" };

const firstPage = { page: null, after: null, at: null } as const;
const noFilters = {
  q: null,
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

/** Parts of the address that narrow the list down, without the text that is searched for. */
export type FilterChange = Partial<{
  [Name in Exclude<keyof AgentFilters, "text">]: AgentFilters[Name] | null;
}>;

/** What the list shows, kept in the address, and the ways to change it. Whatever changes the list leads to its first page. */
export function useListState() {
  const [state, set] = useQueryStates(parameters, { urlKeys, shallow: true, history: "push" });
  const { q, status, activity, teams, roles, skills, hours, changed, since, upto, sort, reverse } = state;

  const filters = useMemo<AgentFilters>(
    () => ({ text: q, status, activity, teams, roles, skills, hours, changed, since, upto }),
    [q, status, activity, teams, roles, skills, hours, changed, since, upto],
  );
  const order = useMemo<AgentOrder>(() => ({ sort, reverse }), [sort, reverse]);

  const actions = useMemo(
    () => ({
      search: (text: string) =>
        void set(
          { q: text || null, ...firstPage },
          { history: "replace", limitUrlUpdates: text ? debounce(150) : debounce(50) },
        ),
      filter: (change: FilterChange) => void set({ ...change, ...firstPage }),
      clear: () => void set({ ...noFilters, ...firstPage }),
      sortBy: (next: AgentOrder) => void set({ ...next, ...firstPage }),
      arrange: (change: {
        columns?: (typeof columnIds)[number][] | null;
        density?: (typeof densities)[number] | null;
      }) => void set(change, { history: "replace" }),
      goTo: (page: number, after: string, at: number | null) => void set({ page, after, at }),
      goToStart: (history: "push" | "replace" = "push") => void set(firstPage, { history }),
    }),
    [set],
  );

  return { filters, order, place: state, ...actions };
}

export type ListState = ReturnType<typeof useListState>;
