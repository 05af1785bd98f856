"use client";

import { useWatch } from "react-hook-form";
import { ScheduleEditor } from "@/components/hours/schedule/schedule-editor";
import { EditableField } from "./editable-field";
import { useProfile } from "./profile-context";

/** The working hours. They use the form's time zone and holidays, including unsaved ones. */
export function ScheduleTab() {
  const { control, agent } = useProfile();
  const [timezone, holidays] = useWatch({ control, name: ["timezone", "holidays"] });
  const shared = { timezone, holidays };
  return (
    <div className="max-w-3xl">
      <EditableField
        field="weeklySchedule"
        readOnly={
          <ScheduleEditor {...shared} value={agent.weeklySchedule} onChange={() => undefined} isReadOnly />
        }
      >
        {({ value, onChange, errors }) => (
          <ScheduleEditor
            {...shared}
            value={value ?? undefined}
            onChange={(schedule) => onChange(schedule ?? null)}
            errors={errors}
          />
        )}
      </EditableField>
    </div>
  );
}
