"use client";

import { useState } from "react";
import { useController, useWatch } from "react-hook-form";
import { useTranslations } from "use-intl";
import { dayAt } from "@/components/availability/timeline/day";
import { ScheduleEditor } from "@/components/hours/schedule/schedule-editor";
import { TravelStays } from "@/components/hours/schedule/travel-stays";
import { UpcomingDays } from "@/components/hours/schedule/upcoming-days";
import { useAgentCalendar } from "@/components/hours/schedule/use-agent-calendar";
import { useVersionWords, VersionsBar } from "@/components/hours/schedule/versions-bar";
import { PartFailed } from "@/components/shell/part-failed";
import { useNow } from "@/components/shell/time";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Skeleton } from "@/components/ui/skeleton";
import type { IntervalWeek } from "@/lib/hours/schedule/contract";
import { hasOverlaps } from "@/lib/hours/schedule/editing";
import { epochDay } from "@/lib/platform/time/calendar";
import { isTimeZone } from "@/lib/platform/time/zone";
import { useProfile } from "./profile-context";

const none: readonly never[] = [];
const daysAhead = 14;

/** Edits the working hours. The preview uses the form's time zone and holidays, including unsaved changes. */
export function ScheduleTab() {
  const t = useTranslations("schedule");
  const { control, workspaceId, agent, rights, openTab } = useProfile();
  const [typed, holidays] = useWatch({ control, name: ["timezone", "holidays"] });
  const {
    field: { value: schedule, onChange },
  } = useController({ control, name: "schedule" });
  const timezone = isTimeZone(typed) ? typed : "UTC";
  const canEdit = rights.canEdit("schedule");
  const today = dayAt(timezone, useNow({ updateInterval: 60_000 }).getTime());
  const versions = schedule.always ? none : schedule.versions;
  const words = useVersionWords(versions);
  const current = Math.max(
    versions.findLastIndex(
      ({ effectiveFrom }) => effectiveFrom === undefined || epochDay(effectiveFrom) <= today,
    ),
    0,
  );
  // Undefined follows the version in force.
  const [chosen, setChosen] = useState<number>();
  const selected = Math.min(chosen ?? current, Math.max(versions.length - 1, 0));
  const version = versions[selected];
  const calendar = useAgentCalendar(
    workspaceId,
    agent.id,
    { timezone, versions: schedule.always ? null : versions, holidays },
    { first: today, last: today + daysAhead },
  );

  function changeWeek(week: IntervalWeek | undefined) {
    if (!week) onChange({ always: true, versions: [] });
    else if (!version) onChange({ always: false, versions: [{ week }] });
    else
      onChange({
        always: false,
        versions: versions.map((each, index) => (index === selected ? { ...each, week } : each)),
      });
  }

  function addVersion(date: string) {
    const at = versions.findIndex(({ effectiveFrom }) => effectiveFrom !== undefined && effectiveFrom > date);
    const index = at === -1 ? versions.length : at;
    const before = versions[index - 1];
    if (!before) return;
    onChange({
      always: false,
      versions: versions.toSpliced(index, 0, { effectiveFrom: date, week: structuredClone(before.week) }),
    });
    setChosen(index);
  }

  function deleteVersion(index: number) {
    const [first, ...others] = versions.filter((_, at) => at !== index);
    if (!first) return;
    // The first version applies to all dates before the second.
    onChange({ always: false, versions: [{ week: first.week }, ...others] });
    setChosen(undefined);
  }

  const wrong = versions.flatMap(({ week }, index) =>
    index !== selected && hasOverlaps(week) ? [words(index)] : [],
  );

  return (
    <div className="@container flex max-w-3xl flex-col gap-10">
      <div data-field="schedule">
        <ScheduleEditor
          value={schedule.always ? undefined : (version?.week ?? {})}
          onChange={changeWeek}
          timezone={typed}
          holidays={holidays}
          fromDay={version?.effectiveFrom === undefined ? undefined : epochDay(version.effectiveFrom)}
          isReadOnly={!canEdit}
        >
          <div className="flex flex-wrap items-end gap-2 empty:hidden">
            {versions.length > 0 && (
              <VersionsBar
                versions={versions}
                selected={selected}
                current={current}
                today={today}
                isReadOnly={!canEdit}
                onSelect={setChosen}
                onAdd={addVersion}
                onDelete={deleteVersion}
              />
            )}
            {rights.canEdit("timezone") && (
              <Button look="quiet" onPress={() => openTab("profile")}>
                {t("changeZone")}
              </Button>
            )}
          </div>
          {wrong.map((name) => (
            <Callout key={name} look="danger">
              {t("versions.wrong", { version: name })}
            </Callout>
          ))}
        </ScheduleEditor>
      </div>
      {calendar.data ? (
        <UpcomingDays
          workspaceId={workspaceId}
          agentId={agent.id}
          data={calendar.data}
          today={today}
          canEdit={canEdit}
        />
      ) : calendar.error ? (
        <PartFailed error={calendar.error} onRetry={() => void calendar.refetch()} />
      ) : (
        <Skeleton className="h-160" />
      )}
      <TravelStays workspaceId={workspaceId} agentId={agent.id} today={today} canEdit={canEdit} />
    </div>
  );
}
