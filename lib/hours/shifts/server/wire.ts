import type { Shift as EngineShift } from "@/lib/hours/calendar/hours";
import type { PlannedShift } from "@/lib/hours/shifts/hours-contract";
import { optional } from "@/lib/platform/http/wire";
import { isoDate } from "@/lib/platform/time/calendar";

/** Converts a shift of the engine. Around-the-clock hours count as weekly ones. */
export function serializeShift({ day, start, end, source, ...shift }: EngineShift): PlannedShift {
  return {
    date: isoDate(day),
    start: new Date(start).toISOString(),
    end: new Date(end).toISOString(),
    source: source === "rotation" || source === "override" ? source : "weekly",
    ...optional("sourceId", shift.sourceId),
    ...optional("name", shift.name),
    ...optional("shiftId", shift.shiftId),
    ...optional("cutBy", shift.cutBy),
  };
}
