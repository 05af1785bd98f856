import type { Call } from "./client";
import type { Subject } from "./dataset";

/** A request that is sent to every server in the same way. */
export interface Scenario {
  name: string;
  /** Name of the limit server's statement; undefined if it has none. */
  limit: string | undefined;
  /** Kind of response. Lists must not get slower as the number of agents grows. */
  kind: "list" | "one" | "patch" | "stream" | "mixed";
  call: (nth: number) => Call;
  /** Returns the parameters of the limit server's statement for a request. */
  values: (nth: number) => unknown[];
}

const pick = <T>(items: readonly T[], nth: number) => items[nth % items.length] as T;
const states = ["active", "away", "offline"];

/** Page tokens for pages far into a list, issued by the product. */
export interface PageTokens {
  /** Finds a page of ten agents, sorted by name. */
  get(page: number): { token: string; key: unknown[] } | undefined;
}

/** Returns all scenarios that the data supports. */
export function scenariosOf(subject: Subject, tokens: PageTokens): Scenario[] {
  const base = `/api/workspaces/${subject.workspaceId}`;
  const headers = { Authorization: `AccessKey ${subject.key}` };
  const get = (path: string, more: Record<string, string> = {}): Call => ({
    method: "GET",
    path: base + path,
    headers: { ...headers, ...more },
    status: 200,
  });
  const patch = (nth: number): Call => ({
    method: "PATCH",
    path: `${base}/agents/${pick(subject.agentIds, nth)}/availability`,
    headers: { ...headers, "Content-Type": "application/json" },
    body: JSON.stringify({ status: pick(states, Math.floor(nth / subject.agentIds.length)) }),
    status: 200,
  });
  const list = (name: string, query: string, values: unknown[] = [], limit = name): Scenario => ({
    name,
    limit,
    kind: "list",
    call: () => get(`/agents?${query}`),
    values: () => values,
  });
  const pages = [10, 1000].flatMap((page) => {
    const place = tokens.get(page);
    return place
      ? [
          list(
            `page ${page}`,
            `sortBy=name&limit=10&pageToken=${encodeURIComponent(place.token)}`,
            place.key,
            "page after",
          ),
        ]
      : [];
  });
  const one: Scenario = {
    name: "one agent",
    limit: "one agent",
    kind: "one",
    call: (nth) => get(`/agents/${pick(subject.agentIds, nth)}`),
    values: (nth) => [pick(subject.agentIds, nth)],
  };
  const byName = list("list 10 by name", "sortBy=name&limit=10");
  const change: Scenario = {
    name: "PATCH of availability",
    limit: "patch",
    kind: "patch",
    call: patch,
    values: (nth) => [pick(subject.agentIds, nth), pick(states, Math.floor(nth / subject.agentIds.length))],
  };
  const availability = [
    ["candidates", "/inbox/candidates?channel=messaging"],
    ["candidates of a team", `/inbox/candidates?channel=messaging&teamIds=${subject.teamId}`],
    ["canTake", "/agents?sortBy=name&limit=10&canTake=messaging"],
    ["board", "/inbox/availability"],
    ["explain", `/agents/${pick(subject.agentIds, 0)}/availability/explain`],
  ] as const;
  return [
    byName,
    list("name substring of 100 hits", "sortBy=name&limit=10&name=quetzal", ["%quetzal%"]),
    list("a letter of many names", "sortBy=name&limit=10&name=m", ["%m%"]),
    list("list 100 by name", "sortBy=name&limit=100"),
    list("sort by creation", "limit=10"),
    list("sort by load", "sortBy=assignedCount&limit=10"),
    list("sort by status and load", "sortBy=statusAssignedCount&limit=10"),
    list("sort by name, reversed", "sortBy=name&reverse=true&limit=10"),
    list("e-mail substring of 100 hits", "sortBy=name&limit=10&email=quetzal", ["%quetzal%"]),
    list("filter by status", "sortBy=name&limit=10&agentStatuses=active", ["active"]),
    list("filter by activity", "sortBy=name&limit=10&activities=busy", ["busy"]),
    list("filter by team", `sortBy=name&limit=10&teamIds=${subject.teamId}`, [subject.teamId]),
    list("filter by skill", `sortBy=name&limit=10&skillIds=${subject.skillId}`, [subject.skillId]),
    list("filter by role", `sortBy=name&limit=10&roleIds=${subject.roleId}`, [subject.roleId]),
    list(
      "filter by change of status",
      `sortBy=name&limit=10&lastStatusActivitySince=${subject.statusSince}`,
      [subject.statusSince],
    ),
    list(
      "filter by skill and status",
      `sortBy=name&limit=10&skillIds=${subject.skillId}&agentStatuses=active`,
      [subject.skillId, "active"],
    ),
    list("filter by status and activity", "sortBy=name&limit=10&agentStatuses=active&activities=available", [
      "active",
      "available",
    ]),
    // The limit server can't filter by working hours: it does not know the product's time rules.
    { ...list("filter by hours", "sortBy=name&limit=10&inHours=true"), limit: undefined },
    {
      ...list("filter by status and hours", "sortBy=name&limit=10&agentStatuses=active&inHours=true"),
      limit: undefined,
    },
    ...availability.map(([name, path]) => ({
      ...list(`availability: ${name}`, ""),
      limit: undefined,
      call: () => get(path),
    })),
    ...pages,
    one,
    change,
    {
      name: "all-agents",
      limit: "all agents",
      kind: "stream",
      call: () => get("/all-agents"),
      values: () => [],
    },
    {
      name: "mixed: 90 % reads",
      limit: "mixed",
      kind: "mixed",
      call: (nth) => (nth % 10 === 9 ? patch(nth) : nth % 10 < 5 ? byName.call(nth) : one.call(nth)),
      values: () => [],
    },
  ];
}
