import { randomUUID } from "node:crypto";
import ICAL from "ical.js";
import { beforeAll, describe, expect, it } from "vitest";
import { baseUrl, call } from "@/e2e/support/api/client";
import {
  expectRefusal,
  makeAgent,
  makeKey,
  makeRole,
  makeTeam,
  makeTimeOff,
  makeTimeOffType,
  makeWorkspace,
  sql,
  type TestWorkspace,
} from "@/e2e/support/api/fixtures";
import type { CalendarFeed } from "@/lib/hours/time-off/feeds-contract";
import type { AuditPage } from "@/lib/records/audit/contract";

let here: TestWorkspace;
beforeAll(async () => {
  here = await makeWorkspace();
});

const create = (as: string, agentId: string, body: unknown = {}, headers = {}) =>
  call<CalendarFeed>("createCalendarFeed", { params: { workspaceId: here.id, agentId }, as, body, headers });
const list = (as: string, agentId: string) =>
  call<{ results: CalendarFeed[] }>("listCalendarFeeds", { params: { workspaceId: here.id, agentId }, as });
const revoke = (as: string, agentId: string, calendarFeedId: string) =>
  call("deleteCalendarFeed", { params: { workspaceId: here.id, agentId, calendarFeedId }, as });
const fileOf = ({ url = "" }: CalendarFeed) => new URL(url).pathname.split("/").at(-1) ?? "";
const read = (feed: CalendarFeed, headers = {}) =>
  call<string>("readCalendarFeed", { params: { file: fileOf(feed) }, headers });
const eventsIn = (text: string) =>
  new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent").map((event) => new ICAL.Event(event));

/** Reads a calendar by RFC 5545 alone. Throws for anything that a strict program would reject. */
function strictCalendar(bytes: Buffer): {
  properties: Record<string, string>;
  events: Record<string, string>[];
} {
  // Each physical line is UTF-8 of its own, because some programs decode before they unfold.
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const physical: string[] = [];
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf("\r\n", from);
    expect(end, "every line ends with CRLF").toBeGreaterThan(from);
    expect(end - from).toBeLessThanOrEqual(75);
    physical.push(text.decode(bytes.subarray(from, end)));
    from = end + 2;
  }
  const lines = physical.join("\r\n").replaceAll("\r\n ", "").split("\r\n");
  const open: Record<string, string>[] = [];
  const events: Record<string, string>[] = [];
  let calendar: Record<string, string> = {};
  for (const line of lines) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not occur
    expect(line).not.toMatch(/[\u0000-\u0008\u000a-\u001f\u007f]/);
    const [, name = "", parameters = "", value = ""] =
      /^([A-Z-]+)((?:;[A-Z-]+=[A-Z-]+)*):(.*)$/su.exec(line) ?? expect.fail(`not a content line: ${line}`);
    if (name === "BEGIN") open.push({});
    else if (name === "END") {
      const component = open.pop() ?? {};
      if (value === "VEVENT") events.push(component);
      else calendar = component;
    } else {
      const component = open.at(-1) ?? expect.fail("a property outside of a component");
      expect(component, "occurs once").not.toHaveProperty([name]);
      const isText = /SUMMARY|DESCRIPTION|NAME|UID|PRODID/.test(name);
      if (isText) expect(value).toMatch(/^(?:[^\\,;]|\\[\\,;nN])*$/su);
      component[name] = value.replace(/\\(.)/gsu, (_, each: string) => (/[nN]/.test(each) ? "\n" : each));
      if (name.startsWith("DT"))
        expect(value).toMatch(parameters.includes("VALUE=DATE") ? /^\d{8}$/ : /^\d{8}T\d{6}Z$/);
    }
  }
  expect(open).toEqual([]);
  expect(calendar).toMatchObject({ VERSION: "2.0", PRODID: expect.any(String) });
  for (const { UID, DTSTAMP, DTSTART = "", DTEND = "", SUMMARY } of events) {
    expect([UID, DTSTAMP, SUMMARY]).not.toContain(undefined);
    expect(DTEND.length).toBe(DTSTART.length);
    expect(DTEND > DTSTART, "an exclusive end").toBe(true);
  }
  expect(new Set(events.map(({ UID }) => UID)).size).toBe(events.length);
  return { properties: calendar, events };
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe("calendar feeds", () => {
  it("show their address once; the database has only its hash", async () => {
    const { status, body } = await create(here.agent.auth, "me");
    expect(status).toBe(201);
    expect(body.url).toMatch(/\/api\/calendars\/[\w-]{43}\.ics$/);
    const { results } = (await list(here.agent.auth, "me")).body;
    const { url: _, ...rest } = body;
    expect(results).toContainEqual(rest);
    const [row] = await sql<{ text: string }>("SELECT f::text AS text FROM calendar_feeds f WHERE id = $1", [
      body.id,
    ]);
    expect(row?.text).not.toContain(fileOf(body).slice(0, 43));
  });

  it("are made once for repeated requests with the same idempotency key, with the same address", async () => {
    const headers = { "Idempotency-Key": randomUUID() };
    const agent = await makeAgent(here);
    const answers = await Promise.all([1, 2].map(() => create(here.key, agent.id, {}, headers)));
    expect(answers[0]?.body).toEqual(answers[1]?.body);
    expect((await list(here.key, agent.id)).body.results).toHaveLength(1);
  });

  it("are the agent's own, or made by somebody with calendar.write", async () => {
    const { supervisor, agent, viewer } = here;
    expectRefusal(await create(agent.auth, supervisor.agentId), 403, "Forbidden");
    expectRefusal(await list(agent.auth, supervisor.agentId), 403, "Forbidden");
    expectRefusal(await create(viewer.auth, agent.agentId), 403, "Forbidden");
    const { body } = await create(supervisor.auth, supervisor.agentId);
    expectRefusal(await revoke(agent.auth, supervisor.agentId, body.id), 403, "Forbidden");
    expectRefusal(await revoke(agent.auth, "me", body.id), 404, "CalendarFeedNotFound");
    expectRefusal(await create(here.key, randomUUID()), 404, "AgentNotFound");
    expectRefusal(await list(here.key, "me"), 404, "AgentNotFound");
  });

  it("are at most ten for an agent, also for concurrent requests", async () => {
    const { id } = await makeAgent(here);
    const answers = await Promise.all(Array.from({ length: 12 }, () => create(here.key, id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(10).fill(201), 409, 409]);
    const refused = answers.find(({ status }) => status === 409);
    if (refused) expectRefusal(refused, 409, "TooManyCalendarFeeds");
    const [first] = (await list(here.key, id)).body.results;
    await revoke(here.key, id, first?.id ?? "");
    expect((await create(here.key, id)).status).toBe(201);
  });

  it("show shifts in UTC, and whole days off as dates, without notes and private types", async () => {
    const day = { from: { hour: 9, minute: 0 }, to: { hour: 17, minute: 0 } };
    const week = Object.fromEntries(
      ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"].map((name) => [
        name,
        day,
      ]),
    );
    const agent = await makeAgent(here, {
      name: "Ünal, Ada",
      timezone: "Asia/Kolkata",
      weeklySchedule: week,
    });
    const open = await makeTimeOffType(here, { name: `Vacation ${randomUUID()}` });
    const hidden = await makeTimeOffType(here, { name: `Illness ${randomUUID()}`, private: true });
    const dates = (from: number, to: number) => ({ startDate: inDays(from), endDate: inDays(to) });
    await makeTimeOff(here, agent.id, { typeId: open, ...dates(10, 12), publicNote: "By the sea" });
    await makeTimeOff(here, agent.id, { typeId: hidden, ...dates(20, 20), note: "A secret" });
    await makeTimeOff(here, agent.id, { typeId: open, ...dates(30, 30), state: "requested" });
    const { body: feed } = await create(here.key, agent.id);
    const { status, headers, body } = await read(feed);
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("text/calendar; charset=utf-8");
    expect(body).not.toMatch(/A secret|Illness/);
    for (const line of body.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    const events = eventsIn(body);
    const off = events.filter(({ uid }) => uid.startsWith("time-off-"));
    expect(off.map(({ summary }) => summary.split(" ")[0]).sort()).toEqual(["Time", "Vacation"]);
    expect(off.map(({ startDate, endDate }) => `${startDate} ${endDate}`).sort()).toEqual([
      `${inDays(10)} ${inDays(13)}`,
      `${inDays(20)} ${inDays(21)}`,
    ]);
    const shifts = events.filter(({ uid }) => uid.startsWith("shift-"));
    const tomorrow = shifts.find(({ startDate }) => String(startDate).startsWith(inDays(1)));
    // 9:00 in Kolkata is 3:30 in UTC.
    expect(String(tomorrow?.startDate)).toBe(`${inDays(1)}T03:30:00Z`);
    expect(String(tomorrow?.endDate)).toBe(`${inDays(1)}T11:30:00Z`);
    expect(shifts.some(({ startDate }) => String(startDate).startsWith(inDays(11)))).toBe(false);
    expect(new Set(events.map(({ uid }) => uid)).size).toBe(events.length);
  });

  it("give 304 while nothing changes", async () => {
    const agent = await makeAgent(here);
    const { body: feed } = await create(here.key, agent.id);
    const first = await read(feed);
    const tag = { "If-None-Match": first.headers.get("etag") ?? "" };
    expect((await read(feed, tag)).status).toBe(304);
    const typeId = await makeTimeOffType(here);
    await makeTimeOff(here, agent.id, { typeId, startDate: inDays(3), endDate: inDays(3) });
    const second = await read(feed, tag);
    expect(second.status).toBe(200);
    expect(second.headers.get("etag")).not.toBe(first.headers.get("etag"));
  });

  it("of a team show all members by name, for those with calendar.write", async () => {
    const teamId = await makeTeam(here.id);
    const agents = await Promise.all(["Ada", "Bo"].map((name) => makeAgent(here, { name })));
    const typeId = await makeTimeOffType(here, { name: "Offsite" });
    for (const { id } of agents) {
      await call("addTeamMember", { params: { workspaceId: here.id, teamId, agentId: id }, as: here.key });
      await makeTimeOff(here, id, { typeId, startDate: inDays(5), endDate: inDays(5) });
    }
    expectRefusal(await create(here.agent.auth, "me", { teamId }), 403, "Forbidden");
    const unknown = await create(here.key, here.supervisor.agentId, { teamId: randomUUID() });
    expectRefusal(unknown, 422, "InvalidCalendarFeed", ["teamId"]);
    const { body: feed } = await create(here.supervisor.auth, "me", { teamId });
    const summaries = () => read(feed).then(({ body }) => eventsIn(body).map(({ summary }) => summary));
    expect(await summaries()).toEqual(["Ada: Offsite", "Bo: Offsite"]);
    await sql("DELETE FROM membership_roles WHERE user_id = $1 AND workspace_id = $2", [
      here.supervisor.id,
      here.id,
    ]);
    expectRefusal(await read(feed), 404, "CalendarFeedNotFound");
  });

  it("of a team are strict iCalendar, with names in any script", async () => {
    const teamId = await makeTeam(here.id, "فريق الدعم; الليل, 🌙");
    const names = [
      "نورة بنت عبد الله آل سعود العتيبي ".repeat(4),
      "👩‍👩‍👧‍👦".repeat(20),
      'A\\B; C, "D": E',
      "Zoë",
    ];
    const typeId = await makeTimeOffType(here, { name: "إجازة سنوية, مدفوعة; ✈️" });
    const agents = await Promise.all(names.map((name) => makeAgent(here, { name, timezone: "Asia/Riyadh" })));
    const nine = { from: { hour: 22, minute: 0 }, to: { hour: 6, minute: 0 } };
    for (const { id: agentId } of agents) {
      const to = { params: { workspaceId: here.id, teamId, agentId }, as: here.key };
      expect((await call("addTeamMember", to)).status).toBe(204);
      const night = { params: { workspaceId: here.id, agentId, date: inDays(2) }, as: here.key };
      expect((await call("putOverride", { ...night, body: { intervals: [nine] } })).status).toBe(200);
      const publicNote = "سأعود يوم الأحد\r\nEND:VEVENT\nحتى ذلك الحين 👋, \\n;".repeat(2);
      const part = { endTime: { hour: 12, minute: 0 }, publicNote };
      await makeTimeOff(here, agentId, { typeId, startDate: inDays(5), endDate: inDays(6), ...part });
      await makeTimeOff(here, agentId, { typeId, startDate: inDays(8), endDate: inDays(9) });
    }
    const { body: feed } = await create(here.key, here.supervisor.agentId, { teamId });
    const bytes = async () =>
      Buffer.from(await (await fetch(`${baseUrl}/api/calendars/${fileOf(feed)}`)).arrayBuffer());
    const first = await bytes();
    const { properties, events } = strictCalendar(first);
    expect(properties).toMatchObject({ VERSION: "2.0", "X-WR-CALNAME": "فريق الدعم; الليل, 🌙" });
    const shown = agents.map(({ name }) => name);
    for (const [start, count] of [
      [inDays(2), "20260102T190000Z".length],
      [inDays(8), 8],
    ] as const) {
      const own = events.filter(
        ({ DTSTART = "" }) => DTSTART.startsWith(start.replaceAll("-", "")) && DTSTART.length === count,
      );
      expect(own.map(({ SUMMARY }) => SUMMARY?.split(/: (?=[^:]*$)/)[0]).sort()).toEqual(shown.toSorted());
    }
    const part = events.find(({ DESCRIPTION }) => DESCRIPTION);
    expect(part?.DESCRIPTION).toBe("سأعود يوم الأحد\nEND:VEVENT\nحتى ذلك الحين 👋, \\n;".repeat(2));
    // A change of one event leaves the ids of the others.
    await call("deleteOverride", {
      params: { workspaceId: here.id, agentId: agents[3]?.id ?? "", date: inDays(2) },
      as: here.key,
    });
    const uids = new Set(events.map(({ UID }) => UID));
    const later = strictCalendar(await bytes()).events.map(({ UID }) => UID);
    for (const uid of later.filter((uid) => !uid?.startsWith(`shift-${agents[3]?.id}`)))
      expect(uids).toContain(uid);
    await revoke(here.key, here.supervisor.agentId, feed.id);
  });

  it("of another agent end when their maker loses calendar.write", async () => {
    const where = await makeWorkspace();
    const { body: feed } = await call<CalendarFeed>("createCalendarFeed", {
      params: { workspaceId: where.id, agentId: where.agent.agentId },
      as: where.supervisor.auth,
      body: {},
    });
    expect((await read(feed)).status).toBe(200);
    await sql("DELETE FROM membership_roles WHERE user_id = $1", [where.supervisor.id]);
    expectRefusal(await read(feed), 404, "CalendarFeedNotFound");
  });

  it("end when the access key that made them is revoked, expires or loses calendar.write", async () => {
    const roleId = await makeRole(here.id, ["calendar.write"]);
    const madeBy = async () => {
      const key = await makeKey(here.id, { roleId });
      return { key, feed: (await create(key.auth, here.agent.agentId)).body };
    };
    const [revoked, expired, demoted] = [await madeBy(), await madeBy(), await madeBy()];
    for (const { feed } of [revoked, expired, demoted]) expect((await read(feed)).status).toBe(200);
    const gone = { params: { workspaceId: here.id, accessKeyId: revoked.key.id }, as: here.key };
    expect((await call("deleteAccessKey", gone)).status).toBe(204);
    await sql("UPDATE access_keys SET expires_at = now() - interval '1 second' WHERE id = $1", [
      expired.key.id,
    ]);
    for (const { feed } of [revoked, expired]) expectRefusal(await read(feed), 404, "CalendarFeedNotFound");
    expect((await read(demoted.feed)).status).toBe(200);
    await sql("UPDATE roles SET permissions = '{agents.read}' WHERE id = $1", [roleId]);
    expectRefusal(await read(demoted.feed), 404, "CalendarFeedNotFound");
    for (const { feed } of [revoked, expired, demoted]) await revoke(here.key, here.agent.agentId, feed.id);
  });

  it("end when they are revoked, or the person is suspended or deleted", async () => {
    const where = await makeWorkspace();
    const params = { workspaceId: where.id, agentId: where.agent.agentId };
    const made = async () =>
      (await call<CalendarFeed>("createCalendarFeed", { params, as: where.agent.auth, body: {} })).body;
    const [one, other] = [await made(), await made()];
    const gone = { params: { ...params, calendarFeedId: one.id }, as: where.agent.auth };
    expect((await call("deleteCalendarFeed", gone)).status).toBe(204);
    expectRefusal(await call("deleteCalendarFeed", gone), 404, "CalendarFeedNotFound");
    expectRefusal(await read(one), 404, "CalendarFeedNotFound");
    expect((await read(other)).status).toBe(200);
    await sql("UPDATE memberships SET status = 'suspended' WHERE user_id = $1", [where.agent.id]);
    expectRefusal(await read(other), 404, "CalendarFeedNotFound");
    await sql("UPDATE memberships SET status = 'active' WHERE user_id = $1", [where.agent.id]);
    expect((await read(other)).status).toBe(200);
    await call("deleteAgent", { params, as: where.key });
    expectRefusal(await read(other), 404, "CalendarFeedNotFound");
  });

  it("have no other addresses", async () => {
    const answer = await call("readCalendarFeed", { params: { file: `${"a".repeat(43)}.ics` } });
    expectRefusal(answer, 404, "CalendarFeedNotFound");
    for (const file of ["a.ics", `${"a".repeat(43)}`, `${"a".repeat(43)}.txt`, "%00.ics"])
      expect([400, 404]).toContain((await fetch(`${baseUrl}/api/calendars/${file}`)).status);
  });

  it("are in the audit log, and say when they were used", async () => {
    const agent = await makeAgent(here, { name: "Audited" });
    const { body: feed } = await create(here.key, agent.id);
    await read(feed);
    const [used] = (await list(here.key, agent.id)).body.results;
    expect(used?.lastUsedAt).toBeDefined();
    await revoke(here.key, agent.id, feed.id);
    const { body: log } = await call<AuditPage>("listAuditEvents", {
      params: { workspaceId: here.id },
      as: here.key,
      query: { limit: 100 },
    });
    const actions = log.results.filter(({ target }) => target?.id === feed.id).map(({ action }) => action);
    expect(actions.toReversed()).toEqual(["calendarFeed.created", "calendarFeed.revoked"]);
    expect(JSON.stringify(log)).not.toContain(fileOf(feed).slice(0, 43));
  });
});
