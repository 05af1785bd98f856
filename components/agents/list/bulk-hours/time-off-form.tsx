"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { endsLater } from "@/components/hours/time-off/days";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Segment, Segmented } from "@/components/ui/segmented";
import { Option, Select } from "@/components/ui/select";
import { TimeField } from "@/components/ui/time-field";
import { allTimeOffTypesQuery } from "@/lib/hours/time-off/client/time-off-types";
import type { WallTime } from "@/lib/platform/time/format";
import { DateFields, useDates } from "./date-fields";
import { HoursDialog, type HoursFormProps } from "./hours-dialog";
import type { Plan } from "./plan";

/** Enters approved time off. */
export function TimeOffForm(props: HoursFormProps) {
  const t = useTranslations("calendar.timeOff.ask");
  const hours = useTranslations("agents.bulk.hours");
  const { workspace } = useWorkspace();
  const types = useQuery(allTimeOffTypesQuery(workspace.id)).data ?? [];
  const dates = useDates();
  const { first, last, isOrdered } = dates;
  const [hasTimes, setTimes] = useState(false);
  const [startTime, setStartTime] = useState<WallTime | null>({ hour: 9, minute: 0 });
  const [endTime, setEndTime] = useState<WallTime | null>({ hour: 12, minute: 0 });
  const [typeId, setTypeId] = useState<string>();
  const [isTried, setTried] = useState(false);

  const type = types.find(({ id }) => id === typeId) ?? types[0];
  const times = hasTimes && startTime && endTime ? { startTime, endTime } : {};
  const isLater = first !== null && last !== null && endsLater({ startDate: first, endDate: last, ...times });
  const isComplete = type !== undefined && isOrdered && isLater && (!hasTimes || (startTime && endTime));
  const plan: Plan | undefined =
    isComplete && first && last
      ? {
          changes: [{ type: "timeOff", typeId: type.id, startDate: first, endDate: last, ...times }],
          from: first,
          to: last,
        }
      : undefined;
  const missing = (time: WallTime | null) => (isTried && !time ? t("needsTime") : undefined);
  return (
    <HoursDialog {...props} name="timeOff" plan={plan} onTry={() => setTried(true)}>
      <DateFields dates={dates} isTried={isTried} />
      <Segmented
        label={t("part")}
        value={hasTimes ? "times" : "all"}
        onChange={(value) => setTimes(value === "times")}
      >
        <Segment value="all">{t("partsOfMany.all")}</Segment>
        <Segment value="times">{t("partsOfMany.times")}</Segment>
      </Segmented>
      {hasTimes && (
        <div className="grid grid-cols-2 gap-3">
          <TimeField
            label={t("startTime")}
            value={startTime}
            onChange={setStartTime}
            error={missing(startTime)}
          />
          <TimeField
            label={t("endTime")}
            value={endTime}
            onChange={setEndTime}
            error={missing(endTime) ?? (isOrdered && !isLater ? t("endsBefore") : undefined)}
          />
        </div>
      )}
      <Select
        label={t("type")}
        help={hours("timeOffHelp")}
        value={type?.id ?? null}
        onChange={(key) => setTypeId(String(key))}
      >
        {types.map(({ id, name }) => (
          <Option key={id} id={id}>
            {name}
          </Option>
        ))}
      </Select>
    </HoursDialog>
  );
}
