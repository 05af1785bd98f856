import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { call } from "@/e2e/support/api/client";
import {
  expectRefusal,
  makeAgent,
  makeTimeOff,
  makeTimeOffType,
  makeWorkspace,
  type TestWorkspace,
} from "@/e2e/support/api/fixtures";
import type { TimeOff } from "@/lib/hours/time-off/contract";
import type { TimeOffImportResult } from "@/lib/hours/time-off/import-contract";

let here: TestWorkspace;
let automatic: string;
let required: string;
beforeAll(async () => {
  here = await makeWorkspace();
  automatic = await makeTimeOffType(here, { approval: "automatic" });
  required = await makeTimeOffType(here, { approval: "required" });
});

const event = (uid: string, from: string, to: string, summary = "Holiday in Malmö") =>
  `BEGIN:VEVENT\r\nUID:${uid}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:${from}\r\nDTEND;VALUE=DATE:${to}\r\nSUMMARY:${summary}\r\nEND:VEVENT\r\n`;
const file = (...events: string[]) =>
  `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n${events.join("")}END:VCALENDAR\r\n`;

const load = (as: string, agentId: string, ics: string, more: Record<string, unknown> = {}) =>
  call<TimeOffImportResult>("importTimeOff", {
    params: { workspaceId: here.id, agentId },
    as,
    body: { ics, typeId: automatic, dryRun: false, ...more },
  });
const all = async (agentId: string) =>
  (
    await call<{ results: TimeOff[] }>("listTimeOff", {
      params: { workspaceId: here.id },
      as: here.key,
      query: { agentIds: agentId, limit: 100 },
    })
  ).body.results;

describe("importing time off", () => {
  it("doesn't move time off to dates on which its delegates would form a loop", async () => {
    const [{ id: one }, { id: other }] = await Promise.all([makeAgent(here), makeAgent(here)]);
    const first = await load(here.key, one, file(event("cover@x", "20320105", "20320110")));
    const cover = await call("patchTimeOff", {
      params: { workspaceId: here.id, agentId: one, timeOffId: first.body.created[0]?.id ?? "" },
      as: here.key,
      body: { delegateAgentId: other },
    });
    expect(cover.status).toBe(200);
    const dates = { startDate: "2032-02-02", endDate: "2032-02-06" };
    await makeTimeOff(here, other, { typeId: automatic, delegateAgentId: one, ...dates });
    const before = await all(one);
    for (const dryRun of [true, false]) {
      const moved = await load(here.key, one, file(event("cover@x", "20320203", "20320204")), { dryRun });
      expectRefusal(moved, 422, "InvalidTimeOffImport", ["delegateAgentId"]);
    }
    expect(await all(one)).toEqual(before);
    const apart = await load(here.key, one, file(event("cover@x", "20320210", "20320211")));
    expect(apart.body.changed).toMatchObject([{ startDate: "2032-02-10", delegateAgentId: other }]);
  });

  it("first says what it would do, then does it", async () => {
    const { id } = await makeAgent(here);
    const ics = file(event("a@x", "20320105", "20320110"), event("b@x", "20320201", "20320202"));
    const dry = await load(here.key, id, ics, { dryRun: undefined });
    expect(dry).toMatchObject({ status: 200, body: { dryRun: true, changed: [], skipped: [] } });
    expect(dry.body.created).toHaveLength(2);
    expect(dry.body.created[0]).not.toHaveProperty("id");
    expect(await all(id)).toEqual([]);
    const done = await load(here.key, id, ics);
    expect(done.body.created).toMatchObject(
      dry.body.created.map(({ createdAt: _c, updatedAt: _u, ...rest }) => rest),
    );
    expect(await all(id)).toEqual(done.body.created);
    expect(done.body.created[0]).toMatchObject({
      startDate: "2032-01-05",
      endDate: "2032-01-09",
      note: "Holiday in Malmö",
      state: "approved",
      source: "ics",
    });
    expect(done.body.created[0]).not.toHaveProperty("publicNote");
  });

  it("changes what it imported before, and repeats nothing", async () => {
    const { id } = await makeAgent(here);
    const old = [event("a@x", "20320105", "20320110"), event("b@x", "20320201", "20320202")];
    await load(here.key, id, file(...old));
    const again = await load(here.key, id, file(...old));
    expect(again.body).toMatchObject({ created: [], changed: [] });
    expect(again.body.skipped.map(({ reason }) => reason)).toEqual(["alreadyImported", "alreadyImported"]);
    const next = file(event("a@x", "20320106", "20320110"), event("b@x", "20320201", "20320202", "Other"));
    const changed = await load(here.key, id, next);
    expect(changed.body).toMatchObject({ created: [], skipped: [] });
    expect(changed.body.changed).toMatchObject([{ startDate: "2032-01-06" }, { note: "Other" }]);
    expect(await all(id)).toEqual(changed.body.changed);
  });

  it("skips what overlaps approved time off, also within the file, and what is unusable", async () => {
    const { id } = await makeAgent(here);
    await makeTimeOff(here, id, { typeId: required, startDate: "2032-01-07", endDate: "2032-01-07" });
    const { body } = await load(
      here.key,
      id,
      file(
        event("a@x", "20320105", "20320110"),
        event("b@x", "20320301", "20320305"),
        event("c@x", "20320304", "20320306"),
        event("d@x", "20200101", "20200102"),
        event("e@x", "20320401", "20320402").replace("SUMMARY", "TRANSP:TRANSPARENT\r\nSUMMARY"),
      ),
    );
    expect(body.created.map(({ startDate }) => startDate)).toEqual(["2032-03-01"]);
    expect(body.skipped.map(({ reason }) => reason)).toEqual(["overlaps", "overlaps", "past", "free"]);
  });

  it("requests what needs approval", async () => {
    const ics = file(event(randomUUID(), "20320105", "20320110"));
    const { body } = await load(here.agent.auth, "me", ics, { typeId: required });
    expect(body.created).toMatchObject([{ state: "requested" }]);
  });

  it("is for oneself alone without timeOff.write", async () => {
    expectRefusal(await load(here.agent.auth, here.supervisor.agentId, file()), 403, "Forbidden");
    expectRefusal(await load(here.key, randomUUID(), file()), 404, "AgentNotFound");
  });

  it.each([
    ["hello", "ics"],
    ["BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "ics"],
    ["", "ics"],
    ["x".repeat(200_001), "ics"],
  ])("refuses %.20j", async (ics, path) => {
    expectRefusal(await load(here.key, here.agent.agentId, ics), 422, "InvalidTimeOffImport", [path]);
  });

  it("refuses an unknown type, and a rule that never ends", async () => {
    const unknown = await load(here.key, here.agent.agentId, file(), { typeId: randomUUID() });
    expectRefusal(unknown, 422, "InvalidTimeOffImport", ["typeId"]);
    const endless = event("a@x", "20320105", "20320106").replace(
      "SUMMARY",
      "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\r\nSUMMARY",
    );
    expectRefusal(await load(here.key, here.agent.agentId, file(endless)), 422, "InvalidTimeOffImport", [
      "ics",
    ]);
  });

  it("refuses recurring events from somebody who imported them several times in a minute", async () => {
    const { id } = await makeAgent(here);
    const weekly = file(
      event("weekly@x", "20320105", "20320106").replace("END:", "RRULE:FREQ=WEEKLY;COUNT=2\r\nEND:"),
    );
    const plain = file(event("plain@x", "20320105", "20320106"));
    // Calendar programs describe the zone with rules, and fold long lines.
    const zone =
      "BEGIN:VTIMEZONE\r\nTZID:Office\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";
    const folded = weekly.replace("RRULE", "RR\r\n ULE");
    // A new minute may begin in between.
    const repeated = (ics: string) =>
      Promise.all(Array.from({ length: 14 }, () => load(here.key, id, ics, { dryRun: true })));
    const zoned = plain.replace("BEGIN:VEVENT", `${zone}BEGIN:VEVENT`);
    for (const ics of [plain, zoned])
      expect(new Set((await repeated(ics)).map(({ status }) => status))).toEqual(new Set([200]));
    const refused = (await repeated(folded)).filter(({ status }) => status !== 200);
    expect(refused.length).toBeGreaterThan(0);
    for (const answer of refused) {
      expectRefusal(answer, 429, "RateLimited");
      expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    }
  });

  it("keeps an agent's time off within 2,000 entries", async () => {
    const { id } = await makeAgent(here);
    const day = (index: number) =>
      new Date(Date.UTC(2030, 0, 1 + index)).toISOString().slice(0, 10).replaceAll("-", "");
    const events = (first: number) =>
      file(
        ...Array.from({ length: 500 }, (_, index) =>
          event(`${first + index}@x`, day(first + index), day(first + index + 1)),
        ),
      );
    for (const first of [0, 500, 1_000]) expect((await load(here.key, id, events(first))).status).toBe(200);
    const last = await makeTimeOff(here, id, {
      typeId: automatic,
      startDate: "2040-01-01",
      endDate: "2040-01-01",
    });
    expectRefusal(await load(here.key, id, events(1_500)), 409, "TooManyTimeOff");
    const params = { workspaceId: here.id, agentId: id, timeOffId: last };
    expect((await call("cancelTimeOff", { params, as: here.key, body: {} })).status).toBe(200);
    expect((await load(here.key, id, events(1_500))).status).toBe(200);
    const more = await call("createTimeOff", {
      params: { workspaceId: here.id, agentId: id },
      as: here.key,
      body: { typeId: automatic, startDate: "2041-01-01", endDate: "2041-01-01" },
    });
    expectRefusal(more, 409, "TooManyTimeOff");
  });

  it("imports once for concurrent requests", async () => {
    const { id } = await makeAgent(here);
    const ics = file(event("a@x", "20320105", "20320110"));
    const answers = await Promise.all(Array.from({ length: 4 }, () => load(here.key, id, ics)));
    expect(answers.map(({ body }) => body.created.length).sort()).toEqual([0, 0, 0, 1]);
    expect(await all(id)).toHaveLength(1);
  });
});
