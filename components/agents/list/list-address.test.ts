import { describe, expect, it } from "vitest";
import { agentListPath, readListAddress } from "./list-address";

const filters = [
  { teams: ["0198c0de-7e57-7000-8000-000000000001"] },
  { skills: ["0198c0de-7e57-7000-8000-000000000002"] },
  { roles: ["0198c0de-7e57-7000-8000-000000000003", "0198c0de-7e57-7000-8000-000000000004"] },
  { status: ["away", "offline"], activity: ["busy"], hours: "out" },
  { changed: "today" },
  { since: new Date("2026-03-10T12:00:00.000Z"), upto: null },
] as const;

describe("the query string of the agent list", () => {
  it.each(filters.map((each) => [each]))("%j survives a round trip", (each) => {
    const { pathname, search } = new URL(
      agentListPath(each as Parameters<typeof agentListPath>[0]),
      "http://x",
    );
    expect(pathname).toBe("/agents");
    expect(search).not.toBe("");
    expect(readListAddress(new URLSearchParams(search))).toMatchObject(each);
  });

  it("is empty without filters", () => {
    expect(agentListPath({})).toBe("/agents");
  });
});
