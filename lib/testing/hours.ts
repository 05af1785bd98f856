import { createEffectiveRepository } from "@/lib/availability/effective/server/repository";
import { createCalendars } from "@/lib/hours/calendar/server/calendars";
import { createCalendarRepository } from "@/lib/hours/calendar/server/repository";
import { createWorkspaceHours, type HoursAt } from "@/lib/hours/calendar/server/workspace-hours";
import type { Database } from "@/lib/platform/database/db";
import type { AuthorizedWorkspaceId } from "@/lib/platform/ids";

/** Creates what effective availability is made of, with all about hours. */
export function makeEffective(db: Database) {
  const repository = createCalendarRepository(db);
  const calendars = createCalendars(repository);
  const hours = createWorkspaceHours(repository, calendars);
  return { calendars, repository: createEffectiveRepository(db, hours) };
}

/** Returns who is in hours at a time. */
export async function findHours(
  db: Database,
  workspaceId: AuthorizedWorkspaceId,
  at: number,
): Promise<HoursAt> {
  const { hours } = await makeEffective(db).repository.findCircumstances(workspaceId, at);
  return hours.at(at);
}

/** Returns hours that are known only when a statement needs them. */
export function laterHours(known: () => HoursAt | undefined): HoursAt {
  const found = () => {
    const hours = known();
    if (!hours) throw new Error("the hours have not been loaded");
    return hours;
  };
  return {
    get hourKeys() {
      return found().hourKeys;
    },
    get hourCodes() {
      return found().hourCodes;
    },
    get specialIds() {
      return found().specialIds;
    },
    get specialCodes() {
      return found().specialCodes;
    },
    get specialOff() {
      return found().specialOff;
    },
    get differing() {
      return found().differing;
    },
    get shift() {
      return found().shift;
    },
  };
}

export const noHours: HoursAt = {
  hourKeys: [],
  hourCodes: [],
  specialIds: [],
  specialCodes: [],
  specialOff: [],
  differing: "{}",
  shift: 0,
};
