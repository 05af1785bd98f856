"use client";

import { useMemo, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { useFormatter, useNow } from "@/components/shell/time";
import { ComboBox } from "@/components/ui/combo-box";
import { Option } from "@/components/ui/select";
import { useJoined } from "@/components/ui/use-joined";
import { currentZoneId } from "@/lib/platform/time/format";
import { offsetMinutes } from "@/lib/platform/time/offset";
import { zoneTable } from "@/lib/platform/time/zone-table";
import { useCityOf } from "./use-city-of";
import { genericName, offsetName } from "./zone-names";
import { isZoneFound } from "./zone-search";

interface Zone {
  id: string;
  /** The displayed text, which the field also filters by. */
  shown: string;
  city: string;
  generic: string;
  offset: string;
  minutes: number;
}

/** Names change with daylight saving time, so they are computed once per hour. */
const hour = 3_600_000;

/** Selects a time zone by city, common name or UTC offset. Sorted from west to east. */
export function ZonePicker({
  label,
  help,
  value,
  onChange,
  onBlur,
  error,
}: {
  label: string;
  help?: string;
  value: string | null;
  onChange: (zone: string | null) => void;
  onBlur?: () => void;
  error?: string | undefined;
}) {
  const t = useTranslations("profile");
  const format = useFormatter();
  const locale = useLocale();
  const cityOf = useCityOf();
  const joined = useJoined();
  const now = useNow({ updateInterval: 30_000 });
  const asOf = Math.floor(now.getTime() / hour) * hour;
  // Naming 400 zones is slow, so it happens only when the list opens.
  const [isChoosing, setChoosing] = useState(false);
  const current = value === null ? null : currentZoneId(value);
  const zones = useMemo(() => {
    const at = new Date(asOf);
    const all = isChoosing ? zoneTable().listed : [];
    return [...new Set([...all.map(currentZoneId), ...(current === null ? [] : [current])])]
      .map((id): Zone => {
        const minutes = offsetMinutes(id, asOf);
        const generic = genericName(id, locale, at);
        const city = cityOf(id);
        const offset = offsetName(minutes);
        return {
          id,
          city,
          generic,
          offset,
          minutes,
          shown: `${city} (${joined([generic, offset].filter(Boolean))})`,
        };
      })
      .sort((a, b) => a.minutes - b.minutes || a.city.localeCompare(b.city, locale));
  }, [asOf, locale, current, isChoosing, cityOf, joined]);
  const idOf = useMemo(() => new Map(zones.map(({ shown, id }) => [shown, id])), [zones]);
  return (
    <ComboBox
      label={label}
      help={help}
      placeholder={t("searchZones")}
      items={zones}
      defaultFilter={(shown, typed) => isZoneFound(idOf.get(shown) ?? "", shown, typed)}
      value={current}
      onChange={(id) => onChange(id === null ? null : String(id))}
      onFocus={() => setChoosing(true)}
      onBlur={() => onBlur?.()}
      error={error}
    >
      {({ id, shown, city, generic, offset }) => (
        <Option
          id={id}
          textValue={shown}
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
