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
import { channels } from "@/lib/availability/effective/channels";
import { columnIds, densities } from "./columns";

const ids = parseAsArrayOf(parseAsString).withDefault([]);

/** The list state in the URL. */
const parameters = {
  q: parseAsString.withDefault(""),
  canTake: parseAsArrayOf(parseAsStringLiteral(channels)).withDefault([]),
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
  /** Page token from the response to the previous page. */
  after: parseAsString,
  /**
   * Time from which relative filters were counted on the first page. Page tokens are valid only for this
   * time.
   */
  at: parseAsInteger,
  /** Whether the dialog for a new agent is open. */
  isNew: parseAsBoolean.withDefault(false),
};

/** Parameter names that differ from the property names: a repeated parameter is in the singular. */
const urlKeys = { teams: "team", roles: "role", skills: "skill", isNew: "new" };

const options = { urlKeys };

/** The filters in the URL, without the search text. */
export type FilterChange = Partial<{
  [Name in Exclude<keyof AgentFilters, "text">]: AgentFilters[Name] | null;
}>;

/** Parses the query string of the list. */
export const readListAddress = createLoader(parameters, options);

/** Writes changes into the query string of the list. */
export const writeListAddress = createSerializer(parameters, options);

/** Returns the path of the filtered agent list, relative to the workspace. */
export const agentListPath = (filters: FilterChange): string => writeListAddress("/agents", filters);

/** The path of the agent list with the dialog for a new agent, relative to the workspace. */
export const newAgentPath = writeListAddress("/agents", { isNew: true });
