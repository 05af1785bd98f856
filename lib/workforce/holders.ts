import type { Actor } from "@/lib/platform/security/permissions";

/** A setting of the workspace that profiles refer to. */
export type Setting =
  | { kind: "skill"; id: string }
  | { kind: "skillValues"; skillId: string; ids: readonly string[] }
  | { kind: "sender"; id: string };

/** What a setting needs of the agents who refer to it. The agents' service provides it (lib/services.ts). */
export interface Holders {
  /** Locks those agents. Call it before the setting's own row is locked: a change of an agent locks in that order. */
  lockHolders(actor: Actor, setting: Setting): Promise<void>;
  /** Removes the setting from those agents. Its row must be locked. */
  letGo(actor: Actor, setting: Setting, now: Date): Promise<void>;
}
