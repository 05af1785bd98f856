"use client";

import {
  createLoader,
  createSerializer,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsInteger,
  parseAsIsoDateTime,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { useMemo } from "react";
import { useSearchString } from "@/components/shell/use-search-string";
import { type AgentFilters, type AgentOrder, changePresets } from "@/lib/agents/list-state";
import { agentSortKeys } from "@/lib/agents/values";
import { activities, agentStatuses } from "@/lib/availability/values";
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
  /** The form for a new agent is open. */
  isNew: parseAsBoolean.withDefault(false),
};

/** Names in the address where they are not those in here: each of several values is one team, one role, one skill. */
const urlKeys = { teams: "team", roles: "role", skills: "skill", isNew: "new" };

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

const options = { urlKeys };
const read = createLoader(parameters, options);
const serialize = createSerializer(parameters, options);

/** What the list shows, kept in the address, and the ways to change it. Whatever changes the list leads to its first page. */
export function useListState() {
  const [search, write] = useSearchString();
  const state = useMemo(() => read(new URLSearchParams(search)), [search]);

  const filters = useMemo<AgentFilters>(
    () => ({
      text: state.q,
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
