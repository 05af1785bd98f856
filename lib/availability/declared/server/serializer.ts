import type { Activity, AgentStatus, Availability } from "@/lib/availability/declared/contract";
import { availabilityAt, type DeclaredAvailability, secondsLeft } from "@/lib/availability/declared/rules";
import { optional, type StoredInstant } from "@/lib/platform/http/wire";

export interface AvailabilityRow {
  status: AgentStatus;
  statusBeforeOffline: AgentStatus | null;
  activity: Activity;
  activityExpiresAt: StoredInstant | null;
  activityText: string | null;
  lastStatusSet: StoredInstant;
  lastActivitySet: StoredInstant;
  lastSetToAwayAt: StoredInstant | null;
  availabilityUpdatedAt: StoredInstant;
}

/** SQL of the columns of `AvailabilityRow`, from `agent_states s`. */
export const availabilitySelection = `s.status::text AS status,
    s.status_before_offline::text AS "statusBeforeOffline", s.activity::text AS activity,
    s.activity_expires_at AS "activityExpiresAt", s.activity_text AS "activityText",
    s.last_status_set AS "lastStatusSet", s.last_activity_set AS "lastActivitySet",
    s.last_set_to_away_at AS "lastSetToAwayAt", s.availability_updated_at AS "availabilityUpdatedAt"`;

const epoch = (instant: StoredInstant) => new Date(instant).getTime();

export function declaredAvailability(row: AvailabilityRow): DeclaredAvailability {
  return {
    status: row.status,
    statusBeforeOffline: row.statusBeforeOffline,
    activity: row.activity,
    activityExpiresAt: row.activityExpiresAt === null ? null : epoch(row.activityExpiresAt),
    activityText: row.activityText,
    lastStatusSet: epoch(row.lastStatusSet),
    lastActivitySet: epoch(row.lastActivitySet),
    lastSetToAwayAt: row.lastSetToAwayAt === null ? null : epoch(row.lastSetToAwayAt),
    updatedAt: epoch(row.availabilityUpdatedAt),
  };
}

export function availabilityColumns(declared: DeclaredAvailability) {
  return {
    status: declared.status,
    statusBeforeOffline: declared.statusBeforeOffline,
    activity: declared.activity,
    activityExpiresAt: declared.activityExpiresAt === null ? null : new Date(declared.activityExpiresAt),
    activityText: declared.activityText,
    lastStatusSet: new Date(declared.lastStatusSet),
    lastActivitySet: new Date(declared.lastActivitySet),
    lastSetToAwayAt: declared.lastSetToAwayAt === null ? null : new Date(declared.lastSetToAwayAt),
    availabilityUpdatedAt: new Date(declared.updatedAt),
  };
}

/** Returns availability at `now` (epoch milliseconds) as the API shows it. */
export function serializeAvailability(declared: DeclaredAvailability, now: number): Availability {
  const current = availabilityAt(declared, now);
  const instant = (value: number) => new Date(value).toISOString();
  return {
    status: current.status,
    activity: current.activity,
    ...optional("activityTtl", secondsLeft(current, now)),
    ...optional("activityText", current.activityText),
    lastStatusSet: instant(current.lastStatusSet),
    lastActivitySet: instant(current.lastActivitySet),
    updatedAt: instant(current.updatedAt),
  };
}
