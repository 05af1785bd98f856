import type { Actor } from "@/lib/platform/security/permissions";

/** A workspace setting that agent profiles refer to. */
export type Setting =
  | { kind: "skill"; id: string }
  | { kind: "skillValues"; skillId: string; ids: readonly string[] }
  | { kind: "sender"; id: string };

/**
 * The parts of agents that the settings services need. Implemented by the agent service (lib/services.ts).
 */
export interface Holders {
  /**
   * Locks the agents that refer to the setting. Call before locking the setting: changes of agents lock in
   * this order.
   */
  lockHolders(actor: Actor, setting: Setting): Promise<void>;
  /** Removes the setting from those agents. Lock the setting first. */
  letGo(actor: Actor, setting: Setting, now: Date): Promise<void>;
}
