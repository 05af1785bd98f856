import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AgentChange } from "@/lib/agents/agents/contract";
import { createAgentRepository } from "@/lib/agents/agents/server/repository";
import { createAgentService } from "@/lib/agents/agents/server/service";
import { createInboxRepository } from "@/lib/agents/inbox/server/repository";
import { createInboxService } from "@/lib/agents/inbox/server/service";
import { createAvailabilityRepository } from "@/lib/availability/declared/server/repository";
import { createAvailabilityService } from "@/lib/availability/declared/server/service";
import { activities, agentStatuses } from "@/lib/availability/declared/values";
import { createEffectiveService } from "@/lib/availability/effective/server/service";
import { channels } from "@/lib/availability/effective/values";
import type { TimeOffDraft } from "@/lib/hours/time-off/contract";
import { createDelegates } from "@/lib/hours/time-off/server/delegates";
import { createTimeOffRepository } from "@/lib/hours/time-off/server/repository";
import { createTimeOffService } from "@/lib/hours/time-off/server/service";
import { createTimeOffTypeRepository } from "@/lib/hours/time-off/server/types-repository";
import { createHoursChanges } from "@/lib/hours/weeks/server/hours-changes";
import { createWeekRepository } from "@/lib/hours/weeks/server/repository";
import { createWeekService } from "@/lib/hours/weeks/server/service";
import { createDatabase } from "@/lib/platform/database/db";
import { createPageTokens } from "@/lib/platform/http/server/page-token";
import { type AgentId, type AuthorizedWorkspaceId, newId, type UserId } from "@/lib/platform/ids";
import { type Actor, permissions } from "@/lib/platform/security/permissions";
import { createSecrets } from "@/lib/platform/security/secrets";
import { weekdays } from "@/lib/platform/time/calendar";
import { createLedgerRepository } from "@/lib/records/ledger/server/repository";
import { createLedgerService } from "@/lib/records/ledger/server/service";
import { makeTimeOffType } from "@/lib/testing/calendar-rows";
import { testDatabaseUrl } from "@/lib/testing/environment";
import {
  combineRows,
  insertRows,
  makeAgent,
  makeMembership,
  makePerson,
  makeWorkspace,
} from "@/lib/testing/factories";
import { makeEffective } from "@/lib/testing/hours";
import { createRandom } from "@/lib/testing/random";

const db = createDatabase(testDatabaseUrl(), 4, () => {});
afterAll(() => db.close());

const url = "http://127.0.0.1:3000";
const workspaceId = newId<AuthorizedWorkspaceId>();
const actor: Actor = {
  kind: "user",
  id: newId<UserId>(),
  name: "Robin",
  via: "session",
  workspaceId,
  permissions: new Set(permissions),
  agentId: undefined,
};
const pageTokens = createPageTokens(createSecrets("a secret of the tests, which is long"));
const ledger = createLedgerService(createLedgerRepository(db), pageTokens);
const audit = { record: async () => undefined };
const effective = createEffectiveService({ db, ...makeEffective(db), audit });
const availability = createAvailabilityService({ db, repository: createAvailabilityRepository(db), ledger });
/** These changes involve no files. */
const unused = () => {
  throw new Error("not part of these tests");
};
const media = {
  finished: unused,
  finishUploads: unused,
  settle: unused,
  presignAvatar: unused,
  presignAudio: unused,
};
const agents = createAgentService({
  db,
  repository: createAgentRepository(db, url),
  ledger,
  idempotency: { forget: async () => undefined },
  media: media as unknown as Parameters<typeof createAgentService>[0]["media"],
  effective,
  pageTokens,
  publicUrl: url,
});
const changes = createHoursChanges(db, ledger);
const weeks = createWeekService({ db, repository: createWeekRepository(db), changes });
const timeOffRepository = createTimeOffRepository(db);
const timeOff = createTimeOffService({
  db,
  repository: timeOffRepository,
  types: createTimeOffTypeRepository(db),
  delegates: createDelegates({ repository: timeOffRepository, calendars: makeEffective(db).calendars }),
  ledger,
  pageTokens,
});
const inbox = createInboxService({
  repository: createInboxRepository(db, url),
  effective,
  pageTokens,
  queues: { primaryTeams: async () => [] },
});

const created = Date.parse("2026-03-27T08:00:00.000Z");
const random = createRandom(12);
const count = 12;
const ids = Array.from({ length: count }, () => newId<AgentId>());

beforeAll(async () => {
  const parts = ids.map((id, index) => {
    const userId = index % 4 === 0 ? undefined : newId();
    return combineRows([
      ...(userId ? [makePerson({ id: userId }), makeMembership({ workspaceId, userId })] : []),
      makeAgent({ workspaceId, id, ...(userId && { userId }), createdAt: new Date(created) }),
    ]);
  });
  await insertRows(
    db.query,
    combineRows([
      makeWorkspace({ id: workspaceId, slug: workspaceId }),
      makeTimeOffType(workspaceId, typeId),
      ...parts,
    ]),
  );
});

const typeId = newId<TimeOffDraft["typeId"]>();

const wall = (minutes: number) => ({ hour: Math.floor(minutes / 60) % 24, minute: minutes % 60 });

function randomProfile(): AgentChange {
  return random.pick<() => AgentChange>([
    () => ({ timezone: random.pick(["Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "UTC"]) }),
    () => ({ wrapUpTime: random.integer(0, 600) }),
    () => ({ weeklySchedule: null }),
    () => ({
      weeklySchedule: {
        friday: { from: wall(random.integer(0, 1439)), to: wall(random.integer(0, 1439)) },
        saturday: { from: wall(random.integer(0, 1439)), to: wall(random.integer(0, 1439)) },
      },
    }),
    () => ({ holidays: random.chance(0.5) ? [{ name: "Off", month: 3, day: random.integer(26, 29) }] : [] }),
    () => ({ forwardNumber: { enabled: random.chance(0.5), number: "+4930123456", maskCaller: false } }),
  ])();
}

const randomDate = () => `2026-03-${random.integer(26, 30)}`;
const randomIntervals = () => {
  const [first = 0, second = 0, third = 0, fourth = 0] = Array.from({ length: 4 }, () =>
    random.integer(0, 1439),
  ).toSorted((one, other) => one - other);
  return random.pick([
    [],
    [{ from: wall(first), to: wall(fourth + 1) }],
    ...(first < second && second < third && third < fourth
      ? [
          [
            { from: wall(first), to: wall(second) },
            { from: wall(third), to: wall(fourth) },
          ],
        ]
      : []),
  ]);
};

/** Changes hours that are not properties of the agent. */
async function changeHours(id: AgentId, at: number): Promise<void> {
  const now = new Date(at);
  const when = { ifMatch: undefined, now };
  const week = Object.fromEntries(weekdays.map((weekday) => [weekday, randomIntervals()]));
  await random.pick<() => Promise<unknown>>([
    () => weeks.setSchedule(actor, id, { always: true, versions: [] }, when),
    () =>
      weeks.setSchedule(
        actor,
        id,
        { always: false, versions: [{ week }, { effectiveFrom: "2026-03-28", week: {} }] },
        when,
      ),
    () =>
      weeks.setTravel(
        actor,
        id,
        {
          travel: random.chance(0.3)
            ? []
            : [{ timezone: "Asia/Kathmandu", from: randomDate(), to: "2026-03-30" }],
        },
        when,
      ),
    () => weeks.setOverride(actor, id, randomDate(), { intervals: randomIntervals() }, now),
    () => weeks.setOverride(actor, id, randomDate(), { intervals: randomIntervals(), note: "Swapped" }, now),
    () => weeks.deleteOverride(actor, id, randomDate(), now).catch(expectCode("OverrideNotFound")),
    () => {
      const startDate = randomDate();
      const times = random.chance(0.5)
        ? {}
        : { startTime: wall(480), endTime: wall(random.integer(481, 1439)) };
      const draft = { typeId, startDate, endDate: startDate, ...times };
      return timeOff.create(actor, id, draft, now).catch(expectCode("TimeOffOverlaps"));
    },
    async () => {
      const { results } = await timeOff.list(actor, { limit: 100, agentIds: [id] });
      const [one] = results.filter(({ state }) => state === "approved");
      if (one) await timeOff.cancel(actor, id, one.id, {}, now);
    },
  ])();
}

/** Passes for an expected refusal, such as of time off at the same time. */
const expectCode = (code: string) => (error: unknown) => expect(error).toMatchObject({ code });

async function act(at: number): Promise<void> {
  const id = random.pick(ids);
  const when = { ifMatch: undefined, now: new Date(at) };
  const part = random.integer(0, 14);
  if (part > 9) await changeHours(id, at);
  else if (part < 4) await agents.change(actor, id, randomProfile(), when);
  else if (part < 7)
    await availability.change(
      actor,
      id,
      { status: random.pick([...agentStatuses, "active", "active"]) },
      when,
    );
  else {
    const activity = random.pick([...activities, "available", "available"] as const);
    const more =
      activity === "available" ? {} : { activityTtl: random.integer(1, 7_200), activityText: "Desk" };
    await availability.change(actor, id, { activity, ...more }, when);
  }
}

/** All questions about a time, asked for `now`. */
async function answers(at: number | undefined, now: number) {
  const clock = new Date(now);
  const query = at === undefined ? {} : { at };
  return {
    explanations: await Promise.all(ids.map((id) => effective.explain(actor, id, query, clock))),
    candidates: await Promise.all(
      channels.map((channel) => inbox.candidates(actor, { ...query, channel, limit: 100 }, clock)),
    ),
    board: await inbox.board(actor, query, clock),
  };
}

describe("the past", () => {
  it("gets the answers that were given then", async () => {
    const given: { at: number; answers: Awaited<ReturnType<typeof answers>> }[] = [];
    let at = created;
    for (let step = 0; step < 300; step++) {
      at += random.integer(1, 30 * 60_000);
      await act(at);
      if (step % 5 > 0) continue;
      at += random.integer(0, 60_000);
      given.push({ at, answers: await answers(undefined, at) });
    }
    const statuses = given.flatMap(({ answers: { explanations } }) =>
      explanations.map(({ channels: { email } }) => email?.open),
    );
    expect(new Set(statuses)).toEqual(new Set([true, false]));
    for (const { at: then, answers: before } of given) expect(await answers(then, at + 1)).toEqual(before);
  });

  it("before an agent existed has no agent", async () => {
    const now = new Date(created + 7 * 86_400_000);
    const before = created - 1;
    await expect(effective.explain(actor, ids[0] as AgentId, { at: before }, now)).rejects.toMatchObject({
      code: "AgentNotFound",
    });
    const { total, others } = await inbox.candidates(actor, { at: before, channel: "email", limit: 10 }, now);
    expect({ total, others }).toEqual({ total: 0, others: {} });
    expect((await inbox.board(actor, { at: before }, now)).agents).toBe(0);
  });

  it("is read page by page", async () => {
    const now = new Date(created + 7 * 86_400_000);
    const query = { at: created + 3_600_000, channel: "voice" as const };
    const whole = await inbox.candidates(actor, { ...query, limit: 100 }, now);
    const seen: string[] = [];
    for (let pageToken: string | undefined; ; ) {
      const page = await inbox.candidates(actor, { ...query, limit: 2, pageToken }, now);
      seen.push(...page.results.map(({ agentId }) => agentId));
      pageToken = page.nextPageToken;
      if (!pageToken) break;
    }
    expect(seen).toEqual(whole.results.map(({ agentId }) => agentId));
  });
});
