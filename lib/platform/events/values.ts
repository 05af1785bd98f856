import type { Permission } from "@/lib/platform/security/permissions";

const changes = ["created", "updated", "deleted"] as const;

const kinds = {
  agent: [...changes, "status.changed", "activity.changed", "presence.changed", "workload.changed"],
  team: changes,
  skill: changes,
  capacityRule: changes,
  senderProfile: changes,
  role: changes,
  person: changes,
  accessKey: changes,
  preset: changes,
  policy: ["updated"],
} as const;

type Kinds = typeof kinds;

/** A kind of resource that events are about. */
export type EventResource = keyof Kinds;

/** What happened to which kind of resource, such as `agent.status.changed`. */
export type EventType = { [K in EventResource]: `${K}.${Kinds[K][number]}` }[EventResource];

/** All types that callers can receive. */
export const eventTypes = Object.entries(kinds).flatMap(([kind, names]) =>
  names.map((name) => `${kind}.${name}` as EventType),
);

/** The permission that reading each kind of resource needs, and so its events. */
const readers: Record<EventResource, Permission> = {
  agent: "agents.read",
  team: "settings.read",
  skill: "settings.read",
  capacityRule: "settings.read",
  senderProfile: "settings.read",
  role: "settings.read",
  person: "people.write",
  accessKey: "keys.write",
  preset: "settings.read",
  policy: "settings.read",
};

/** Returns the kind of resource of a type. */
export const resourceOf = (type: EventType) => type.slice(0, type.indexOf(".")) as EventResource;

/** Returns the types that a holder of these permissions may see. */
export function visibleTypes(held: ReadonlySet<Permission>): EventType[] {
  return eventTypes.filter((type) => held.has(readers[resourceOf(type)]));
}

/**
 * Returns the types that a filter value names: one type, or all that begin with it if it ends in a dot. Empty for an
 * unknown one.
 */
export function typesNamed(value: string): EventType[] {
  return eventTypes.filter((type) => (value.endsWith(".") ? type.startsWith(value) : type === value));
}

/** In the log, but not for callers: a session or a password changed, so streams check their permissions. */
export const accessChanged = "access.changed";

/** Returns whether permissions may be different after an event of this type. */
export const isOfAccess = (type: string): boolean => /^(person|role|accessKey|access)\./.test(type);

/** All types after which permissions may be different. */
export const accessTypes: readonly string[] = [...eventTypes.filter(isOfAccess), accessChanged];
