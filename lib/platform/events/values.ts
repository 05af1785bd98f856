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
  queue: changes,
  conversation: ["created", "queued", "offered", "assigned", "closed"],
  offer: ["created", "accepted", "declined", "expired", "withdrawn"],
  holidayCalendar: changes,
  shift: changes,
  rotation: changes,
  timeOffType: changes,
  coverageNeed: changes,
  calendarPolicy: ["updated"],
  calendarFeed: ["created", "deleted"],
  timeOff: ["requested", "approved", "declined", "cancelled", "updated", "deleted"],
  shiftSwap: ["offered", "accepted", "approved", "declined", "cancelled"],
} as const;

type Kinds = typeof kinds;

/** A kind of resource that events are about. */
export type EventResource = keyof Kinds;

/** An event type: a kind of resource and what happened, such as `agent.status.changed`. */
export type EventType = { [K in EventResource]: `${K}.${Kinds[K][number]}` }[EventResource];

/** All types that callers can receive. */
export const eventTypes = Object.entries(kinds).flatMap(([kind, names]) =>
  names.map((name) => `${kind}.${name}` as EventType),
);

/** The permission required to read each kind of resource, and its events. */
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
  queue: "routing.read",
  conversation: "routing.read",
  offer: "routing.read",
  holidayCalendar: "agents.read",
  shift: "agents.read",
  rotation: "agents.read",
  timeOffType: "agents.read",
  coverageNeed: "agents.read",
  calendarPolicy: "agents.read",
  calendarFeed: "agents.read",
  timeOff: "agents.read",
  shiftSwap: "agents.read",
};

/** Returns the kind of resource of a type. */
export const resourceOf = (type: EventType) => type.slice(0, type.indexOf(".")) as EventResource;

/** Returns the types that a holder of these permissions may see. */
export function visibleTypes(held: ReadonlySet<Permission>): EventType[] {
  return eventTypes.filter((type) => held.has(readers[resourceOf(type)]));
}

/**
 * Returns the types that match a filter value: a single type, or all with this prefix if it ends in a dot.
 * Empty for unknown values.
 */
export function typesNamed(value: string): EventType[] {
  return eventTypes.filter((type) => (value.endsWith(".") ? type.startsWith(value) : type === value));
}

/** In the log, but not visible to callers: a session or a password changed, so streams check permissions. */
export const accessChanged = "access.changed";

/** Returns whether an event of this type may change permissions. */
export const isOfAccess = (type: string): boolean => /^(person|role|accessKey|access)\./.test(type);

/** All types that may change permissions. */
export const accessTypes: readonly string[] = [...eventTypes.filter(isOfAccess), accessChanged];
