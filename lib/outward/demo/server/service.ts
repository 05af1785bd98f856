import type { AvailabilityService } from "@/lib/availability/declared/server/service";
import type { PresenceService } from "@/lib/availability/presence/server/service";
import type { Demo } from "@/lib/outward/demo/contract";
import type { Dice } from "@/lib/outward/demo/dice";
import { nextStep } from "@/lib/outward/demo/rules";
import type { CastRow, DemoRepository } from "@/lib/outward/demo/server/repository";
import { ApiError, isApiError } from "@/lib/platform/http/errors";
import { newId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";

interface Dependencies {
  repository: DemoRepository;
  availability: Pick<AvailabilityService, "change">;
  presence: Pick<PresenceService, "beat" | "end">;
  dice: Dice;
  /** Whether this server moves demos. */
  isEnabled: boolean;
}

/** Agents that do something in one step. */
const movesPerStep = 4;

export function createDemoService({ repository, availability, presence, dice, isEnabled }: Dependencies) {
  async function load(actor: Actor): Promise<Demo> {
    const running = isEnabled ? await repository.find(actor.workspaceId) : undefined;
    return { available: running !== undefined, running: running ?? false };
  }

  /** Keeps the browser of an agent who is at work open. */
  async function keepPresent(cast: CastRow): Promise<void> {
    if (cast.status === "offline" || !cast.isDue) return;
    await presence.beat(actorOf(cast), "me", cast.sessionId ?? newId(), {
      device: dice.chance(0.85) ? "desktop" : "mobile",
      visible: dice.chance(0.8),
      input: dice.chance(0.8),
    });
  }

  async function move(cast: CastRow, now: Date): Promise<void> {
    const capacity = { messaging: cast.capacityMessaging, email: cast.capacityEmail };
    const step = nextStep({ ...cast, capacity }, dice);
    if (step.availability)
      await availability.change(actorOf(cast), "me", step.availability, { ifMatch: undefined, now });
    if (step.load) await repository.setLoad(cast, step.load, now);
    if (step.availability?.status === "offline" && cast.sessionId)
      await presence.end(actorOf(cast), "me", cast.sessionId);
  }

  return {
    isEnabled,

    /** Returns whether the workspace is a demo, and whether it moves. */
    get: load,

    /** Starts or stops the demo. Throws `NotADemo`. */
    async change(actor: Actor, { running }: { running: boolean }): Promise<Demo> {
      const before = await load(actor);
      if (before.running === running) return before;
      if (!before.available)
        throw new ApiError(
          "NotADemo",
          "Agents move by themselves only in the demo workspace, and not with ROLLCALL_DEMO_LIVE=no.",
        );
      await repository.set(actor.workspaceId, running);
      return { ...before, running };
    },

    /** Moves some agents of each running demo. Agents that are changed or deleted meanwhile are left alone. */
    async step(now: Date): Promise<void> {
      const cast = await repository.cast();
      const movers = new Set(dice.some(cast, movesPerStep));
      const work = cast.map(async (each) => {
        await keepPresent(each);
        if (movers.has(each)) await move(each, now);
      });
      for (const result of await Promise.allSettled(work))
        if (result.status === "rejected" && !isApiError(result.reason)) throw result.reason;
    },
  };
}

/** The agent's own person, as if they used a browser. */
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
