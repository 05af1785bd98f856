"use client";

import { useWatch } from "react-hook-form";
import { useTranslations } from "use-intl";
import { HolidaysEditor } from "@/components/hours/holidays/holidays-editor";
import { SharedCalendars } from "@/components/hours/holidays/shared-calendars";
import { isTimeZone } from "@/lib/platform/time/zone";
import { EditableField, FieldGroup } from "./editable-field";
import { useProfile } from "./profile-context";

/** The agent's own yearly holidays, and the holiday calendars that they share with others. */
export function HolidaysTab() {
  const t = useTranslations("holidays");
  const { control, workspaceId, agent, rights } = useProfile();
  const [timezone, country] = useWatch({ control, name: ["timezone", "defaultCountryCode"] });
  const shared = { timezone, countryCode: country || undefined };
  return (
    <div className="flex flex-col gap-10">
      <FieldGroup title={t("own")}>
        <EditableField
          field="holidays"
          readOnly={
            <HolidaysEditor {...shared} value={agent.holidays} onChange={() => undefined} isReadOnly />
          }
        >
          {({ value, onChange, errors }) => (
            <HolidaysEditor {...shared} value={value} onChange={onChange} errors={errors} />
          )}
        </EditableField>
      </FieldGroup>
      <SharedCalendars
        workspaceId={workspaceId}
        agentId={agent.id}
        timezone={isTimeZone(timezone) ? timezone : "UTC"}
        canEdit={rights.canEdit("schedule")}
      />
    </div>
  );
}
