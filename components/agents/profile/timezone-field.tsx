"use client";

import { useTranslations } from "use-intl";
import { EditableField } from "./editable-field";
import { ZoneDataNote } from "./zone-data-note";
import { ZonePicker } from "./zone-picker";

/** The time zone of schedule and holidays. It is required: a cleared field restores its previous value. */
export function TimezoneField() {
  const t = useTranslations("profile");
  return (
    <EditableField field="timezone">
      {({ onChange, ...input }) => (
        <>
          <ZonePicker {...input} help={t("help.timezone")} onChange={(zone) => zone && onChange(zone)} />
          <ZoneDataNote />
        </>
      )}
    </EditableField>
  );
}
