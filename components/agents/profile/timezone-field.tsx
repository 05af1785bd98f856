"use client";

import { useTranslations } from "use-intl";
import { EditableField } from "./editable-field";
import { ZonePicker } from "./zone-picker";

/** The zone that schedule and holidays are in. There is always one: an emptied field keeps the one it had. */
export function TimezoneField() {
  const t = useTranslations("profile");
  return (
    <EditableField field="timezone">
      {({ onChange, ...input }) => (
        <ZonePicker {...input} help={t("help.timezone")} onChange={(zone) => zone && onChange(zone)} />
      )}
    </EditableField>
  );
}
