import type { AvailabilityService } from "@/lib/availability/declared/server/service";
import type { PresenceService } from "@/lib/availability/presence/server/service";
import type { Demo } from "@/lib/outward/demo/contract";
import type { Dice } from "@/lib/outward/demo/dice";
import { nextChange } from "@/lib/outward/demo/rules";
import { type DeskServices, stepDesk } from "@/lib/outward/demo/server/desk";
import type { CastRow, DemoRepository } from "@/lib/outward/demo/server/repository";
import { ApiError, isApiError } from "@/lib/platform/http/errors";
import { newId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";

interface Dependencies extends DeskServices {
  repository: DemoRepository;
  availability: Pick<AvailabilityService, "change">;
  presence: Pick<PresenceService, "beat" | "end">;
  dice: Dice;
  /** Whether this server simulates the demo. */
  isEnabled: boolean;
}

/** Number of agents that change per step. */
const movesPerStep = 4;
/** About every ten minutes. */
const sweepChance = 0.01;

export function createDemoService(dependencies: Dependencies) {
  const { repository, availability, presence, dice, isEnabled } = dependencies;

  async function load(actor: Actor): Promise<Demo> {
    const running = isEnabled ? await repository.find(actor.workspaceId) : undefined;
    return { available: running !== undefined, running: running ?? false };
  }

  /** Keeps a session open for an agent who is at work. */
  async function keepPresent(cast: CastRow): Promise<void> {
    if (cast.status === "offline" || !cast.isDue) return;
    await presence.beat(actorOf(cast), "me", cast.sessionId ?? newId(), {
      device: dice.chance(0.85) ? "desktop" : "mobile",
      visible: dice.chance(0.8),
      input: dice.chance(0.8),
    });
  }

  async function move(cast: CastRow, now: Date): Promise<void> {
    const change = nextChange(cast, dice);
    if (!change) return;
    await availability.change(actorOf(cast), "me", change, { ifMatch: undefined, now });
    if (change.status === "offline" && cast.sessionId)
      await presence.end(actorOf(cast), "me", cast.sessionId);
  }

  return {
    isEnabled,

    /** Returns whether the workspace is a demo, and whether its simulation is running. */
    get: load,

    /** Starts or stops the demo. Throws `NotADemo`. */
    async change(actor: Actor, { running }: { running: boolean }): Promise<Demo> {
      const before = await load(actor);
      if (before.running === running) return before;
      if (!before.available)
        throw new ApiError(
          "NotADemo",
          "Only the demo workspace is simulated, and not with ROLLCALL_DEMO_LIVE=no.",
        );
      await repository.set(actor.workspaceId, running);
      return { ...before, running };
    },

    /**
     * Changes some agents and the desk of each running demo. Skips anything that someone else changes or
     * deletes in the meantime.
     */
    async step(now: Date): Promise<void> {
      const cast = await repository.cast();
      const movers = new Set(dice.some(cast, movesPerStep));
      const work: Promise<unknown>[] = cast.map(async (each) => {
        await keepPresent(each);
        if (movers.has(each)) await move(each, now);
      });
      for (const desk of await repository.desks()) work.push(...(await stepDesk(desk, dependencies, now)));
      if (dice.chance(sweepChance)) work.push(repository.sweepDesks(now));
      for (const result of await Promise.allSettled(work))
        if (result.status === "rejected" && !isApiError(result.reason)) throw result.reason;
    },
  };
}

/** Acts as the agent's own person. */
function actorOf({ workspaceId, agentId, userId, name }: CastRow): Actor {
  return {
    kind: "user",
    id: userId,
    name,
    via: "session",
    workspaceId,
    agentId,
    permissions: new Set(["own.write"]),
  };
}

export type DemoService = ReturnType<typeof createDemoService>;
