import { afterAll, describe, expect, it } from "vitest";
import { createCalendars } from "@/lib/hours/calendar/server/calendars";
import { createCalendarRepository } from "@/lib/hours/calendar/server/repository";
import { createDatabase } from "@/lib/platform/database/db";
import { isApiError } from "@/lib/platform/http/errors";
import { createPageTokens } from "@/lib/platform/http/server/page-token";
import { type AccessKeyId, type AgentId, type AuthorizedWorkspaceId, newId } from "@/lib/platform/ids";
import { type Actor, permissions } from "@/lib/platform/security/permissions";
import { createSecrets } from "@/lib/platform/security/secrets";
import { createLedgerRepository } from "@/lib/records/ledger/server/repository";
import { createLedgerService } from "@/lib/records/ledger/server/service";
import { repeatedRuns, repeatedSeed, testDatabaseUrl } from "@/lib/testing/environment";
import { combineRows, insertRows, makeAgent, makeWorkspace } from "@/lib/testing/factories";
import { createRandom, type Random } from "@/lib/testing/random";
import { createDelegates } from "./server/delegates";
import { createTimeOffRepository } from "./server/repository";
import { type TimeOffTimes, timesOut, wallRange } from "./server/row";
import { createTimeOffService } from "./server/service";
import { createTimeOffTypeRepository } from "./server/types-repository";

const db = createDatabase(testDatabaseUrl(), 10, () => undefined);
afterAll(() => db.close());

const RUNS = repeatedRuns(20);
const repository = createTimeOffRepository(db);
const types = createTimeOffTypeRepository(db);
const pageTokens = createPageTokens(createSecrets("a secret of the tests, which is long"));
const service = createTimeOffService({
  db,
  repository,
  types,
  delegates: createDelegates({ repository, calendars: createCalendars(createCalendarRepository(db)) }),
  ledger: createLedgerService(createLedgerRepository(db), pageTokens),
  pageTokens,
});
const now = new Date("2026-03-01T12:00:00Z");

async function makeOffice() {
  const workspaceId = newId<AuthorizedWorkspaceId>();
  const agentId = newId<AgentId>();
  await insertRows(
    db.query,
    combineRows([makeWorkspace({ id: workspaceId }), makeAgent({ workspaceId, id: agentId })]),
  );
  const [type] = await types.list(workspaceId);
  const actor: Actor = {
    kind: "accessKey",
    id: newId<AccessKeyId>(),
    name: "Tests",
    via: "accessKey",
    workspaceId,
    permissions: new Set(permissions),
    agentId: undefined,
  };
  return { actor, agentId, typeId: type?.id ?? "" };
}

function anyTimes(random: Random): TimeOffTimes {
  const first = random.integer(1, 9);
  const minute = () => (random.chance(0.5) ? null : random.integer(0, 23) * 60);
  for (;;) {
    const times = {
      startDate: `2026-04-0${first}`,
      endDate: `2026-04-0${Math.min(9, first + random.integer(0, 2))}`,
      startMinute: minute(),
      endMinute: minute(),
    };
    const { start, end } = wallRange(times);
    if (start < end) return times;
  }
}

const overlap = (one: TimeOffTimes, other: TimeOffTimes) => {
  const [a, b] = [wallRange(one), wallRange(other)];
  return a.start < b.end && b.start < a.end;
};

describe("approving time off", () => {
  it("never leaves two that overlap, and refuses only those, in any order and concurrently", async () => {
    const random = createRandom(repeatedSeed().seed ?? 7);
    for (let run = 0; run < RUNS; run++) {
      const { actor, agentId, typeId } = await makeOffice();
      const wanted = Array.from({ length: 8 }, () => anyTimes(random));
      const requests = await Promise.all(
        wanted.map(async (times) => {
          const draft = { typeId: typeId as never, ...timesOut(times), state: "requested" as const };
          return { times, id: (await service.create(actor, agentId, draft, now)).data.id };
        }),
      );
      const isApproved = new Map<string, boolean>();
      const approve = async (id: string) => {
        try {
          await service.approve(actor, agentId, id, {}, now);
          isApproved.set(id, true);
        } catch (error) {
          if (!isApiError(error) || error.code !== "TimeOffOverlaps") throw error;
          isApproved.set(id, false);
        }
      };
      await Promise.all(requests.slice(0, 6).map(({ id }) => approve(id)));
      for (const { id } of requests.slice(6)) await approve(id);
      const rows = await repository.ofAgent(actor.workspaceId, agentId, "2026-01-01");
      const approved = rows.filter(({ state }) => state === "approved");
      expect(new Set(approved.map(({ id }) => id))).toEqual(
        new Set(requests.filter(({ id }) => isApproved.get(id)).map(({ id }) => id)),
      );
      for (const one of approved)
        for (const other of approved) expect(one.id !== other.id && overlap(one, other)).toBe(false);
      for (const { id, times } of requests)
        if (!isApproved.get(id)) expect(approved.some((other) => overlap(times, other))).toBe(true);
    }
  });

  it("ends in the same state whether A or B comes first, or refuses the second", async () => {
    const random = createRandom(repeatedSeed().seed ?? 11);
    for (let run = 0; run < RUNS; run++) {
      const pair = [anyTimes(random), anyTimes(random)];
      const outcomes: string[] = [];
      for (const order of [
        [0, 1],
        [1, 0],
      ]) {
        const { actor, agentId, typeId } = await makeOffice();
        for (const place of order) {
          const times = pair[place];
          if (!times) continue;
          const draft = { typeId: typeId as never, ...timesOut(times), state: "approved" as const };
          await service.create(actor, agentId, draft, now).catch((error: unknown) => {
            if (!isApiError(error) || error.code !== "TimeOffOverlaps") throw error;
          });
        }
        const rows = await repository.ofAgent(actor.workspaceId, agentId, "2026-01-01");
        outcomes.push(
          JSON.stringify(
            rows.map((row) => timesOut(row)).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
          ),
        );
      }
      const [one = "", other = ""] = outcomes;
      const mayBoth = pair[0] && pair[1] && !overlap(pair[0], pair[1]);
      expect(JSON.parse(one)).toHaveLength(mayBoth ? 2 : 1);
      if (mayBoth) expect(one).toBe(other);
    }
  });
});
