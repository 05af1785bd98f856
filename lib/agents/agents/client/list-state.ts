import type { AgentListQuery } from "@/lib/agents/agents/client/queries";
import { type agentSortKeys, mostSearchWords } from "@/lib/agents/agents/values";
import type { Activity, AgentStatus } from "@/lib/availability/declared/contract";
import { DAY_MS } from "@/lib/platform/time/calendar";
import { wallClockAt, zoneClock } from "@/lib/platform/time/wall-clock";

export type AgentSortKey = (typeof agentSortKeys)[number];

/** Spans of time in which a status was last changed, counted back from now. */
export const changePresets = ["hour", "today", "long"] as const;
export type ChangePreset = (typeof changePresets)[number];

/** What the list is narrowed down to. */
export interface AgentFilters {
  /** Words, each of which is in the name or in an address. */
  text: string;
  status: AgentStatus[];
  activity: Activity[];
  teams: string[];
  roles: string[];
  skills: string[];
  hours: "in" | "out" | null;
  changed: ChangePreset | null;
  /** Exact bounds of the last change of status; a preset goes before them. */
  since: Date | null;
  upto: Date | null;
}

export interface AgentOrder {
  sort: AgentSortKey;
  reverse: boolean;
}

/** Rows in one request and on one page; the most that the API gives. */
export const pageSize = 100;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** A change of status this long ago is a long one: a shift has passed since. */
const LONG_MS = 8 * HOUR_MS;

/** The instant that relative spans are counted from: whole minutes, so that a list is not another one at each look. */
export const anchorOf = (nowMs: number): number => Math.floor(nowMs / MINUTE_MS) * MINUTE_MS;

/** What relative spans are counted from: an instant in epoch milliseconds, and the zone of whoever looks. */
export interface Anchor {
  anchor: number;
  timezone: string;
}

/** The bounds that a span has when it is counted from an instant, by the clock of whoever looks. */
export function presetBounds(
  preset: ChangePreset,
  { anchor, timezone }: Anchor,
): { since?: Date; upto?: Date } {
  if (preset === "hour") return { since: new Date(anchor - HOUR_MS) };
  if (preset === "long") return { upto: new Date(anchor - LONG_MS) };
  const today = Math.floor(wallClockAt(timezone, anchor) / DAY_MS);
  const start = zoneClock(timezone).span(today, 0, 0)?.start;
  return start === undefined ? {} : { since: new Date(start) };
}

const some = <T>(values: readonly T[]): T[] | undefined =>
  values.length > 0 ? [...new Set(values)].sort() : undefined;

/** What the API is asked to search for: as many words as it takes, and no more letters. Undefined without any. */
export function searchFor(text: string): string | undefined {
  const words = text.trim().split(/\s+/u).slice(0, mostSearchWords).join(" ");
  return [...words].slice(0, 255).join("").trim() || undefined;
}

/** The request that a state of the list stands for; `from` is what relative spans are counted from. */
export function toListQuery(
  filters: AgentFilters,
  order: AgentOrder,
  from: Anchor,
  pageToken?: string | null,
): AgentListQuery {
  const bounds = filters.changed
    ? presetBounds(filters.changed, from)
    : { since: filters.since ?? undefined, upto: filters.upto ?? undefined };
  const query: AgentListQuery = {
    limit: String(pageSize),
    sortBy: order.sort,
    reverse: order.reverse ? "true" : undefined,
    search: searchFor(filters.text),
    agentStatuses: some(filters.status),
    activities: some(filters.activity),
    teamIds: some(filters.teams),
    roleIds: some(filters.roles),
    skillIds: some(filters.skills),
    inHours: filters.hours ? String(filters.hours === "in") : undefined,
    lastStatusActivitySince: bounds.since?.toISOString(),
    lastStatusActivityUpto: bounds.upto?.toISOString(),
    pageToken: pageToken || undefined,
  };
  return Object.fromEntries(
    Object.entries(query).filter(([, value]) => value !== undefined),
  ) as AgentListQuery;
}

/** Whether the list shows less than everybody. */
export function isFiltered(filters: AgentFilters): boolean {
  const { text, status, activity, teams, roles, skills, hours, changed, since, upto } = filters;
  return (
    text.trim() !== "" ||
    [status, activity, teams, roles, skills].some((values) => values.length > 0) ||
    [hours, changed, since, upto].some((value) => value !== null)
  );
}

/** Parts of the address that say where in the list somebody is, not what the list is. */
const placeParameters = ["page", "after", "at", "view", "new"];

/** What of an address makes a view: all but the place in it, in one order, so that equal views have equal texts. */
export function viewSearch(search: string): string {
  const parameters = new URLSearchParams(search);
  for (const name of placeParameters) parameters.delete(name);
  parameters.sort();
  return parameters.toString();
}

/** The first and the last row of a page, and of how many, from the place and the answer. */
export function pageRange(page: number, rows: number, total: number): { from: number; to: number } {
  const from = rows === 0 ? 0 : (page - 1) * pageSize + 1;
  return { from, to: rows === 0 ? 0 : Math.min(from + rows - 1, Math.max(total, from)) };
}
