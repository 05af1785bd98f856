import type { Values } from "@/lib/platform/database/bind";

// Building blocks for the SQL conditions of a list filter. No I/O. All use the parameters `:workspaceId` and `:now`.

/** Converts a parameter in epoch milliseconds to `timestamptz`. */
export const instantCast = (parameter: string) => `to_timestamp(${parameter}::double precision / 1000)`;

/** Time of the request, as `timestamptz`. */
export const now = instantCast(":now");

/** One filter in the SQL forms that a statement may need. */
export interface Condition {
  /** Values of the parameters that it uses. */
  values: Values;
  /** Common table expressions that the other forms refer to, as `name AS …`. */
  tables?: readonly string[];
  /** Boolean expression: whether one agent matches. */
  holds: string;
  /** Query of the distinct ids of all matches, by index. Undefined if an index serves `holds` directly. */
  ids?: string;
  /** For conditions on a person: array of the ids of people whose agents match. */
  people?: string;
  /** Number of matches from maintained counts; reads a few rows. */
  kept?: string;
  /** Number of matches, counted from an index. Without `kept` and `count`, counting means reading agents. */
  count?: string;
  /**
   * Boolean expression: whether the index for `holds` is faster across all workspaces, with the workspace
   * checked afterwards, than within this one.
   */
  preferGlobalIndex?: string;
  /**
   * Boolean expression: whether testing `holds` on every agent of the workspace is faster than finding `ids`.
   */
  preferScan?: string;
}

export const workspace = "workspace_id = :workspaceId::uuid";

/** Number of agents in the workspace. */
export const everybody = `(SELECT coalesce(sum(n.amount), 0) FROM agent_counts n
     WHERE n.${workspace} AND n.facet = 'status')`;

export const countOf = (ids: string) => `(SELECT count(*) FROM (${ids}) found)`;

/**
 * Finds rows by each value of an array with one index lookup per value. `OFFSET 0` stops PostgreSQL from
 * turning it into a join that it plans for an average workspace and that is slow for a large one.
 */
export const foundBy = (values: string, table: string, column: string, wanted: string) =>
  `unnest(${values}) AS named(value) CROSS JOIN LATERAL (
         SELECT ${wanted} FROM ${table} WHERE ${workspace} AND ${column} = named.value OFFSET 0) f`;

export const agentsOf = (people: string) => `SELECT f.id FROM ${foundBy(people, "agents", "user_id", "*")}`;
