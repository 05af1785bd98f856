// What the conditions of a filter are written with, and the forms in which each is written. No I/O.

/** A parameter in epoch milliseconds as an instant. */
export const instantCast = (parameter: string) => `to_timestamp(${parameter}::double precision / 1000)`;

/** Numbered parameters, collected as SQL is written. */
export class Parameters {
  readonly values: unknown[] = [];
  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

/** One filter, in the forms that a statement may need. */
export interface Condition {
  /** Tables of the WITH that the forms refer to, `name AS …`. */
  tables?: readonly string[];
  /** Whether one agent matches. */
  holds: string;
  /** The ids of all that match, each once, by an index; undefined where an index answers `holds` itself. */
  ids?: string;
  /** Of a condition on a person: an array of those whose agents match. */
  people?: string;
  /** How many match, where that is kept count of: told in no time. */
  kept?: string;
  /** How many match, counted in an index; where neither is there, counting takes looking at agents. */
  count?: string;
  /**
   * When the index that answers `holds` does so sooner for all workspaces together than for this one among them, whose
   * agents are looked at after.
   */
  soonerForAll?: string;
  /** When it is sooner to ask each agent of the workspace whether it `holds` than to find `ids`. */
  soonerEach?: string;
}

/** What conditions are written with. */
export interface Context {
  /** Holds the workspace's id as $1. */
  parameters: Parameters;
  /** The instant of the request, as timestamptz. */
  now: string;
  /** The column of an agent's id in the rows that are gone through. */
  id: string;
}

export const workspace = "workspace_id = $1::uuid";

/** How many agents the workspace has. */
export const everybody = `(SELECT coalesce(sum(n.amount), 0) FROM agent_counts n
     WHERE n.${workspace} AND n.facet = 'status')`;

/** How many ids a query finds. */
export const countOf = (ids: string) => `(SELECT count(*) FROM (${ids}) found)`;

/**
 * Rows with a value out of an array, looked up one value after the other. `OFFSET 0` keeps the inner query by itself: out of
 * a join PostgreSQL would make what is best for the workspaces that most are like, and a large one is not.
 */
export const foundBy = (values: string, table: string, column: string, wanted: string) =>
  `unnest(${values}) AS named(value) CROSS JOIN LATERAL (
         SELECT ${wanted} FROM ${table} WHERE ${workspace} AND ${column} = named.value OFFSET 0) f`;

/** The agents of people. */
export const agentsOf = (people: string) => `SELECT f.id FROM ${foundBy(people, "agents", "user_id", "*")}`;
