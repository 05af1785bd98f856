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
import { type AgentFilters, changePresets } from "@/lib/agents/agents/client/list-state";
import { agentSortKeys } from "@/lib/agents/agents/values";
import { activities, agentStatuses } from "@/lib/availability/declared/values";
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

const options = { urlKeys };

/** Parts of the address that narrow the list down, without the text that is searched for. */
export type FilterChange = Partial<{
  [Name in Exclude<keyof AgentFilters, "text">]: AgentFilters[Name] | null;
}>;

/** What the query of the list's address says. */
export const readListAddress = createLoader(parameters, options);

/** Writes a change into the query of the list's address. */
export const writeListAddress = createSerializer(parameters, options);

/** The page of the agents, narrowed down: a path inside the workspace. The list itself reads what is written here. */
export const agentListPath = (filters: FilterChange): string => writeListAddress("/agents", filters);

/** The page of the agents with the form for a new one: a path inside the workspace. */
export const newAgentPath = writeListAddress("/agents", { isNew: true });
