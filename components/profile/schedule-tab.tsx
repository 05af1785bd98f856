"use client";

import { EditableField } from "./editable-field";

/** When the agent works. */
export function ScheduleTab() {
  return <EditableField field="weeklySchedule">{() => null}</EditableField>;
}
