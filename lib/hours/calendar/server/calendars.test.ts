import { describe, expect, it } from "vitest";
import { createCalendars, type WantedHours } from "@/lib/hours/calendar/server/calendars";
import type { CalendarRepository, RecurringRow, UsedHoursRow } from "@/lib/hours/calendar/server/repository";
import { createWorkspaceHours } from "@/lib/hours/calendar/server/workspace-hours";
import { type AgentId, newId, type WorkspaceId } from "@/lib/platform/ids";
import { DAY_MS } from "@/lib/platform/time/calendar";

const workspaceId = newId<WorkspaceId>();
const agentId = newId<AgentId>();

/** A repository without a database that counts its calls. */
function fakeRepository(keys = 0) {
  const calls = { recurring: 0, usedHours: 0 };
  const unused = () => Promise.reject(new Error("not part of this test"));
  const repository: CalendarRepository = {
    revision: unused,
    agents: unused,
    exceptional: async () => [],
    shared: async () => ({ calendars: [], rotations: [], shifts: [] }),
    async usedHours() {
      calls.usedHours++;
      return Array.from(
        { length: keys },
        (_, index): UsedHoursRow => ({ key: `${index}`, agentId, variant: `${index}`, shares: false }),
      );
    },
    async recurring() {
      calls.recurring++;
      return ["plain", "sharing"].map(
        (variant): RecurringRow => ({
          variant,
          timezone: "UTC",
          schedule: null,
          holidays: [],
          travel: [],
          calendarIds: [],
          memberships: [],
        }),
      );
    },
  };
  return { repository, calls };
}

describe("compiled hours", () => {
  const sharing: WantedHours = { variant: "sharing", shares: true, agentId };
  const plain: WantedHours = { variant: "plain", shares: false, agentId };

  it("are kept for one revision of what they share, and for all if they share nothing", async () => {
    const { repository, calls } = fakeRepository();
    const calendars = createCalendars(repository);
    const compile = (one: WantedHours, revision: string) => calendars.compiled(workspaceId, [one], revision);
    for (const revision of ["1", "1", "2", "2"]) await compile(sharing, revision);
    expect(calls.recurring).toBe(2);
    await compile(plain, "2");
    await compile(plain, "3");
    expect(calls.recurring).toBe(3);
    // The hours of revision 1 were removed with the first ones of revision 2.
    await compile(sharing, "1");
    expect(calls.recurring).toBe(4);
    await compile(plain, "4");
    expect(calls.recurring).toBe(4);
  });
});

describe("the hours of a workspace", () => {
  const aroundDays = async (keys: number, days: readonly number[]) => {
    const { repository, calls } = fakeRepository(keys);
    const hours = createWorkspaceHours(repository, { compiled: async () => new Map() });
    for (const day of days) await hours.around(workspaceId, day * DAY_MS, "1");
    return calls.usedHours;
  };

  it("are kept by day", async () => {
    expect(await aroundDays(1_000, [1, 2, 1, 3, 2, 1])).toBe(3);
  });

  it("are removed by size, least recently used first", async () => {
    expect(await aroundDays(90_000, [1, 2, 1, 3, 1])).toBe(3);
    expect(await aroundDays(90_000, [1, 2, 1, 3, 2])).toBe(4);
    expect(await aroundDays(300_000, [1, 1, 2, 1])).toBe(3);
  });
});
