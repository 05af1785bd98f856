import { expect, it } from "vitest";
import type { Clock } from "@/lib/platform/clock";
import type { Database } from "@/lib/platform/database/db";
import type { Actor } from "@/lib/platform/security/permissions";
import { audited } from "./audited";

const actor = {} as Actor;
const clock: Clock = { now: () => new Date("2026-03-02T09:00:00.000Z") };

/** A service of one team in a store that rolls back, and the recorded events. */
function makeTeams(stored: { id: string; name: string; updatedAt: number }) {
  const store = { team: stored };
  const events: unknown[] = [];
  /** What others do just before a change gets its lock. */
  const meanwhile: (() => void)[] = [];
  const db: Pick<Database, "transaction"> = {
    async transaction(work) {
      try {
        return await work();
      } catch (error) {
        store.team = committed;
        throw error;
      }
    },
  };
  let committed = store.team;
  const service = {
    get: async () => store.team,
    create: async () => store.team,
    async change(_actor: Actor, _id: string, name: string) {
      meanwhile.shift()?.();
      committed = store.team;
      store.team = { ...store.team, name, updatedAt: store.team.updatedAt + 1 };
      return store.team;
    },
    delete: async () => undefined,
  };
  const audit = {
    lockSetting: async () => undefined,
    record: async (_actor: Actor, event: unknown) => {
      events.push(event);
    },
  };
  return {
    store,
    events,
    meanwhile,
    teams: audited("team", service, { db: db as Database, audit, clock }),
  };
}

it("records which properties changed", async () => {
  const { teams, store, events } = makeTeams({ id: "1", name: "Day", updatedAt: 0 });
  await teams.change(actor, "1", "Night");
  expect(store.team).toEqual({ id: "1", name: "Night", updatedAt: 1 });
  expect(events).toEqual([
    {
      action: "team.changed",
      target: { type: "team", id: "1", name: "Night" },
      details: { fields: ["name"] },
    },
  ]);
});

it("rolls a change without effect back", async () => {
  const { teams, store, events } = makeTeams({ id: "1", name: "Day", updatedAt: 0 });
  expect(await teams.change(actor, "1", "Day")).toEqual({ id: "1", name: "Day", updatedAt: 0 });
  expect(store.team.updatedAt).toBe(0);
  expect(events).toEqual([]);
});

it("keeps a change that has an effect only because of someone else's at the same time", async () => {
  const { teams, store, meanwhile } = makeTeams({ id: "1", name: "Day", updatedAt: 0 });
  meanwhile.push(() => {
    store.team = { id: "1", name: "Night", updatedAt: 1 };
  });
  expect(await teams.change(actor, "1", "Day")).toMatchObject({ name: "Day" });
  expect(store.team).toMatchObject({ name: "Day" });
});
