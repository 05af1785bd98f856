import type { Permission } from "@/lib/platform/security/permissions";

/** Permissions by area, each ordered from least to most powerful. */
export const permissionGroups = [
  {
    key: "agents",
    permissions: ["agents.read", "own.write", "availability.write", "agents.write", "agents.delete"],
  },
  { key: "settings", permissions: ["settings.read", "settings.write"] },
  { key: "calendar", permissions: ["timeOff.write", "calendar.write"] },
  { key: "routing", permissions: ["routing.read", "routing.write"] },
  { key: "access", permissions: ["people.write", "keys.write", "ledger.read"] },
] as const satisfies readonly { key: string; permissions: readonly Permission[] }[];

/** Catalog keys of permissions, without dots, because the catalog treats a dot as nesting. */
export const permissionKeys = {
  "agents.read": "agentsRead",
  "agents.write": "agentsWrite",
  "agents.delete": "agentsDelete",
  "availability.write": "availabilityWrite",
  "own.write": "ownWrite",
  "settings.read": "settingsRead",
  "settings.write": "settingsWrite",
  "people.write": "peopleWrite",
  "keys.write": "keysWrite",
  "ledger.read": "ledgerRead",
  "routing.read": "routingRead",
  "routing.write": "routingWrite",
  "calendar.write": "calendarWrite",
  "timeOff.write": "timeOffWrite",
} as const satisfies Record<Permission, string>;
