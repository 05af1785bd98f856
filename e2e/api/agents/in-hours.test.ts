import { beforeAll, describe, expect, it } from "vitest";
import { call, raw } from "@/e2e/support/api/client";
import { list, makeTenant, namesOf, type Tenant } from "@/e2e/support/api/list-fixtures";
import type { Agent } from "@/lib/agents/agents/contract";
import type { WeeklySchedule } from "@/lib/hours/schedule/contract";
import { weekdays } from "@/lib/platform/time/calendar";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let tenant: Tenant;
const ids: Record<string, string> = {};

/** Returns the same UTC hours for every day, from `from` to `to` hours relative to now. */
function around(from: number, to: number): WeeklySchedule {
  const time = (hours: number) => {
    const date = new Date(Date.now() + hours * HOUR);
    return { hour: date.getUTCHours(), minute: date.getUTCMinutes() };
  };
  const hours = { from: time(from), to: time(to) };
  return Object.fromEntries(weekdays.map((weekday) => [weekday, hours]));
}

/**
 * Yesterday, today and tomorrow: at least one is the current date in any zone, however long the test takes.
 */
const daysOff = () =>
  [-1, 0, 1].map((days) => {
    const date = new Date(Date.now() + days * DAY);
    return { name: "Off", day: date.getUTCDate(), month: date.getUTCMonth() + 1 };
  });

beforeAll(async () => {
  tenant = await makeTenant();
  const drafts: Record<string, Record<string, unknown>> = {
    "no schedule": {},
    "days off alone": { weeklySchedule: {} },
    "in the middle": { weeklySchedule: around(-2, 2) },
    "still to come": { weeklySchedule: around(2, 4) },
    over: { weeklySchedule: around(-4, -2) },
    "all day": { weeklySchedule: around(3, 3) },
    "on holiday": { holidays: daysOff() },
    "on holiday in hours": { weeklySchedule: around(-2, 2), holidays: daysOff() },
    // In a zone 12 hours from UTC, the same hours are over or have not started.
    "far away": { weeklySchedule: around(-2, 2), timezone: "Etc/GMT-12" },
    "far away by an alias": { weeklySchedule: around(10, 14), timezone: "etc/gmt-12" },
  };
  for (const [name, draft] of Object.entries(drafts)) {
    const answer = await call<Agent>("createAgent", {
      params: { workspaceId: tenant.id },
      as: tenant.as,
      body: { name, type: "bot", timezone: "UTC", ...draft },
    });
    expect(answer.status, name).toBe(201);
    ids[name] = answer.body.id;
  }
});

const inside = ["all day", "far away by an alias", "in the middle", "no schedule"];
const outside = ["days off alone", "far away", "on holiday", "on holiday in hours", "over", "still to come"];

describe("inHours", () => {
  it("finds and counts the agents who are in hours now, or the others", async () => {
    const yes = await list(tenant, { inHours: true, sortBy: "name" });
    expect(namesOf(yes)).toEqual(inside);
    expect(yes.body.total).toBe(inside.length);
    const no = await list(tenant, { inHours: false, sortBy: "name" });
    expect(namesOf(no)).toEqual(outside);
    expect(no.body.total).toBe(outside.length);
    expect((await list(tenant, {})).body.total).toBe(inside.length + outside.length);
  });

  it("combines with other filters, orders and pages", async () => {
    expect(namesOf(await list(tenant, { inHours: false, name: "holiday", sortBy: "name" }))).toEqual([
      "on holiday",
      "on holiday in hours",
    ]);
    const names: string[] = [];
    let pageToken: string | undefined;
    do {
      const page = await list(tenant, {
        ...{ inHours: true, sortBy: "name", reverse: true, limit: 3 },
        ...(pageToken ? { pageToken } : {}),
      });
      expect(page.body.total).toBe(inside.length);
      names.push(...namesOf(page));
      pageToken = page.body.nextPageToken;
    } while (pageToken);
    expect(names).toEqual(inside.toReversed());
  });

  it("is part of what a page token is bound to", async () => {
    const pageToken = (await list(tenant, { inHours: true, limit: 1 })).body.nextPageToken ?? "";
    expect((await list(tenant, { inHours: true, limit: 2, pageToken })).status).toBe(200);
    for (const query of [{ inHours: false }, {}])
      expect((await list(tenant, { ...query, limit: 1, pageToken })).body).toMatchObject({
        code: "InvalidPageToken",
      });
  });

  it("reflects a change immediately", async () => {
    const change = (weeklySchedule: WeeklySchedule | null) =>
      call("patchAgent", {
        params: { workspaceId: tenant.id, agentId: ids.over ?? "" },
        as: tenant.as,
        body: { weeklySchedule },
      });
    await change(null);
    expect(namesOf(await list(tenant, { inHours: true, name: "over" }))).toEqual(["over"]);
    await change(around(-4, -2));
    expect(namesOf(await list(tenant, { inHours: true, name: "over" }))).toEqual([]);
  });

  it("is ignored together with agentIds", async () => {
    const named = await list(tenant, { inHours: true, agentIds: ids.over ?? "" });
    expect(namesOf(named)).toEqual(["over"]);
  });

  it.each(["inHours=yes", "inHours=", "inHours=1", "inHours=true&inHours=false"])(
    "accepts only true or false: %s",
    async (query) => {
      const answer = await raw(`/api/workspaces/${tenant.id}/agents?${query}`, {
        headers: { Authorization: tenant.as },
      });
      expect(answer.status).toBe(400);
      expect(answer.body).toMatchObject({ code: "InvalidQuery", details: { inHours: [expect.any(String)] } });
    },
  );
});
