"use client";

import { useWatch } from "react-hook-form";
import { HolidaysEditor } from "@/components/hours/holidays/holidays-editor";
import { EditableField } from "./editable-field";
import { useProfile } from "./profile-context";

export function HolidaysTab() {
  const { control, agent } = useProfile();
  const [timezone, country] = useWatch({ control, name: ["timezone", "defaultCountryCode"] });
  const shared = { timezone, countryCode: country || undefined };
  return (
    <EditableField
      field="holidays"
      readOnly={<HolidaysEditor {...shared} value={agent.holidays} onChange={() => undefined} isReadOnly />}
    >
      {({ value, onChange, errors }) => (
        <HolidaysEditor {...shared} value={value} onChange={onChange} errors={errors} />
      )}
    </EditableField>
  );
}
