"use client";

import { useMemo, useState } from "react";
import { useFormatter, useLocale, useNow, useTranslations } from "use-intl";
import { ComboBox } from "@/components/ui/combo-box";
import { Option } from "@/components/ui/select";
import { currentZoneId } from "@/lib/time/format";
import { offsetMinutes } from "@/lib/time/offset";
import { EditableField } from "./editable-field";
import { cityOf, genericName, offsetName } from "./zone-names";

interface Zone {
  id: string;
  city: string;
  generic: string;
  offset: string;
  minutes: number;
}

/** Names change with daylight saving, so no more often than by the hour. */
const hour = 3_600_000;

/** The zone that schedule and holidays are in, found by city, by country or by its distance from UTC. */
export function TimezoneField() {
  return (
    <EditableField field="timezone">
      {(input) => <ZonePicker {...input} onChange={(zone) => onZone(zone, input.onChange)} />}
    </EditableField>
  );
}

/** There is always a zone: an emptied field keeps the one it had. */
function onZone(zone: string, change: (zone: string) => void) {
  if (zone) change(zone);
}

function ZonePicker({
  label,
  value,
  onChange,
  onBlur,
  error,
}: {
  label: string;
  value: string;
  onChange: (zone: string) => void;
  onBlur: () => void;
  error: string | undefined;
}) {
  const t = useTranslations("profile");
  const format = useFormatter();
  const locale = useLocale();
  const now = useNow({ updateInterval: 30_000 });
  const asOf = Math.floor(now.getTime() / hour) * hour;
  // To name four hundred zones takes a moment: not before somebody is about to choose.
  const [isChoosing, setChoosing] = useState(false);
  const current = currentZoneId(value);
  const zones = useMemo(() => {
    const at = new Date(asOf);
    const all = isChoosing ? [...Intl.supportedValuesOf("timeZone"), "UTC", current] : [current];
    return [...new Set(all.map(currentZoneId))]
      .map((id): Zone => {
        const minutes = offsetMinutes(id, asOf);
        const generic = genericName(id, locale, at);
        return { id, city: cityOf(id), generic, offset: offsetName(minutes), minutes };
      })
      .sort((a, b) => a.minutes - b.minutes || a.city.localeCompare(b.city, locale));
  }, [asOf, locale, current, isChoosing]);
  return (
    <ComboBox
      label={label}
      help={t("help.timezone")}
      placeholder={t("searchZones")}
      items={zones}
      value={current}
      onChange={(id) => onChange(id === null ? "" : String(id))}
      onFocus={() => setChoosing(true)}
      onBlur={onBlur}
      error={error}
    >
      {({ id, city, generic, offset }) => (
        <Option
          id={id}
          textValue={`${city} (${generic}, ${offset})`}
          hint={
            <span className="whitespace-nowrap tabular-nums">
              {t("zoneNow", {
                offset,
                time: format.dateTime(now, { timeZone: id, hour: "numeric", minute: "2-digit" }),
              })}
            </span>
          }
        >
          {city} <span className="text-muted">{generic}</span>
        </Option>
      )}
    </ComboBox>
  );
}
