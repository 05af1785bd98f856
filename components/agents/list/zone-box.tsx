"use client";

import { useMemo } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { ComboBox } from "@/components/ui/combo-box";
import { Option } from "@/components/ui/select";
import { offsetMinutes } from "@/lib/time/offset";
import { useClock } from "./clock";

/** One of all time zones, from west to east, found by typing a city or a part of the world. */
export function ZoneBox({
  label,
  value,
  onChange,
  error,
}: {
  label: string;
  value: string | null;
  onChange: (zone: string | null) => void;
  error?: string | undefined;
}) {
  const t = useTranslations("agents.bulk");
  const format = useFormatter();
  const now = useClock(60_000);
  const zones = useMemo(() => {
    const at = Date.now();
    return [...new Set([...Intl.supportedValuesOf("timeZone"), "UTC"])]
      .map((id) => ({ id, minutes: offsetMinutes(id, at) }))
      .sort((one, other) => one.minutes - other.minutes || one.id.localeCompare(other.id));
  }, []);
  return (
    <ComboBox
      label={label}
      items={zones}
      value={value}
      placeholder={t("searchZones")}
      onChange={(key) => onChange(key === null ? null : String(key))}
      error={error}
    >
      {({ id }) => (
        <Option
          id={id}
          textValue={id.replaceAll("_", " ")}
          hint={
            <span className="tabular-nums">
              {format.dateTime(now, { timeZone: id, hour: "numeric", minute: "2-digit" })}
            </span>
          }
        >
          {id.replaceAll("_", " ")}
        </Option>
      )}
    </ComboBox>
  );
}
