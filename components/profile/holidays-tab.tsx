"use client";

import { EditableField } from "./editable-field";

/** When the agent has a day off every year. */
export function HolidaysTab() {
  return <EditableField field="holidays">{() => null}</EditableField>;
}
