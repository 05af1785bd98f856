import type { AgentListQuery } from "@/lib/agents/agents/client/queries";
import { type agentSortKeys, mostSearchWords } from "@/lib/agents/agents/values";
import type { Activity, AgentStatus } from "@/lib/availability/declared/contract";
import type { Channel } from "@/lib/availability/effective/channels";
import { DAY_MS } from "@/lib/platform/time/calendar";
import { wallClockAt, zoneClock } from "@/lib/platform/time/wall-clock";

export type AgentSortKey = (typeof agentSortKeys)[number];

/** Relative spans for the last status change, counted back from now. */
export const changePresets = ["hour", "today", "long"] as const;
export type ChangePreset = (typeof changePresets)[number];

export interface AgentFilters {
  /** Search words; each must occur in the name or in an email address. */
  text: string;
  /** Channels. An agent matches if they can take any of them now. */
  canTake: Channel[];
  status: AgentStatus[];
  activity: Activity[];
  teams: string[];
  roles: string[];
  skills: string[];
  hours: "in" | "out" | null;
  changed: ChangePreset | null;
  /** Exact bounds of the last status change. Ignored if a preset is set. */
  since: Date | null;
  upto: Date | null;
}

export interface AgentOrder {
  sort: AgentSortKey;
  reverse: boolean;
}

/** Rows per page: the API's maximum. */
export const pageSize = 100;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Threshold of the "long" preset: longer than one shift. */
const LONG_MS = 8 * HOUR_MS;

/**
 * Returns the reference time for relative spans, rounded down to a minute. Without rounding, each render
 * would be a new query key.
 */
export const anchorOf = (nowMs: number): number => Math.floor(nowMs / MINUTE_MS) * MINUTE_MS;

/** The reference for relative spans: a time in epoch milliseconds, and the viewer's time zone. */
export interface Anchor {
  anchor: number;
  timezone: string;
}

/** Returns the bounds of a preset. "today" starts at midnight in the viewer's time zone. */
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

/** Returns the search text cut to the API's limits: 8 words, 255 characters. Undefined if empty. */
export function searchFor(text: string): string | undefined {
  const words = text.trim().split(/\s+/u).slice(0, mostSearchWords).join(" ");
  return [...words].slice(0, 255).join("").trim() || undefined;
}

/** Returns the API query for a list state. `from` is the reference for relative spans. */
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
    canTake: some(filters.canTake),
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

export function isFiltered(filters: AgentFilters): boolean {
  const { text, canTake, status, activity, teams, roles, skills, hours, changed, since, upto } = filters;
  return (
    text.trim() !== "" ||
    [canTake, status, activity, teams, roles, skills].some((values) => values.length > 0) ||
    [hours, changed, since, upto].some((value) => value !== null)
  );
}

/** URL parameters for the position in the list or an open dialog; they are not part of a saved view. */
const placeParameters = ["page", "after", "at", "view", "new"];

/**
 * Returns the part of a URL query that a saved view stores. Parameters are sorted, so that equal views have
 * equal text.
 */
export function viewSearch(search: string): string {
  const parameters = new URLSearchParams(search);
  for (const name of placeParameters) parameters.delete(name);
  parameters.sort();
  return parameters.toString();
}

/** Returns the row numbers of a page, from 1. An empty page is 0 to 0. */
export function pageRange(page: number, rows: number, total: number): { from: number; to: number } {
  const from = rows === 0 ? 0 : (page - 1) * pageSize + 1;
  return { from, to: rows === 0 ? 0 : Math.min(from + rows - 1, Math.max(total, from)) };
}
