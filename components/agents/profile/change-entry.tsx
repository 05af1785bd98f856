"use client";

import {
  ArrowRight,
  Bot,
  CalendarClock,
  Minus,
  MonitorSmartphone,
  Plus,
  Timer,
  UserRound,
} from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useFormatter, useViewerZone } from "@/components/shell/time";
import { useList } from "@/components/shell/use-list";
import type { Holiday, WeeklySchedule } from "@/lib/hours/schedule/contract";
import type { RecordedHours } from "@/lib/hours/weeks/recorded";
import type { Change } from "@/lib/records/ledger/contract";
import { itemChanges } from "./item-changes";
import type { AssignedSkill } from "./profile-fields";
import { changedRuns } from "./schedule-runs";
import { useCityOf } from "./use-city-of";
import {
  useFieldName,
  useFieldWords,
  useHolidayWords,
  useHoursWords,
  useScheduleWords,
  useSkillWords,
} from "./use-field-words";
import { differAt } from "./zone-names";

const icons: Record<Change["cause"], ReactNode> = {
  user: <UserRound className="size-3.5" />,
  supervisor: <UserRound className="size-3.5" />,
  api: <Bot className="size-3.5" />,
  schedule: <CalendarClock className="size-3.5" />,
  timeout: <Timer className="size-3.5" />,
  presence: <MonitorSmartphone className="size-3.5" />,
};

/** A history entry: author, action, reason, and the changed fields. */
export function ChangeEntry({ change, timezone }: { change: Change; timezone: string }) {
  const t = useTranslations("profile.history");
  const fieldName = useFieldName();
  const list = useList();
  const fields = Object.entries(change.fields);
  const name = change.actor.kind === "system" ? t("system") : change.actor.name;
  return (
    <li className="relative flex gap-3 pb-4 before:absolute before:start-3 before:top-7 before:bottom-1 before:w-px before:bg-line last:before:hidden">
      <span
        aria-hidden="true"
        className="flex size-6 shrink-0 items-center justify-center rounded-full bg-sunken text-muted"
      >
        {icons[change.cause]}
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="min-w-0 break-words font-medium">
            {change.action === "created"
              ? t("byCreated", { name })
              : change.action === "deleted"
                ? t("byDeleted", { name })
                : t("byUpdated", { name, fields: list(fields.map(([field]) => fieldName(field))) })}
          </span>
          <span className="text-muted text-sm">{t(`cause.${change.cause}`)}</span>
          <ExactTime instant={change.createdAt} timezone={timezone} />
        </p>
        {change.action === "updated" && (
          <dl className="mt-1 flex flex-col gap-1">
            {fields.map(([field, { before, after }]) => (
              <div key={field} className="min-w-0">
                <dt className={fields.length > 1 ? "text-muted text-sm" : "sr-only"}>{fieldName(field)}</dt>
                <dd className="min-w-0">
                  <FieldChange field={field} before={before} after={after} />
                </dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    </li>
  );
}

/** The time for the reader and, if it differs, for the agent; a tooltip shows seconds. */
function ExactTime({ instant, timezone }: { instant: string; timezone: string }) {
  const t = useTranslations("profile.history");
  const format = useFormatter();
  const viewerZone = useViewerZone();
  const at = new Date(instant);
  const city = useCityOf()(timezone);
  const isElsewhere = differAt(timezone, viewerZone, at);
  const short = (timeZone: string) => format.dateTime(at, { timeZone, hour: "numeric", minute: "2-digit" });
  const exact = (timeZone: string) =>
    format.dateTime(at, { timeZone, dateStyle: "medium", timeStyle: "medium" });
  return (
    <time
      dateTime={instant}
      title={
        isElsewhere
          ? t("exact", { mine: exact(viewerZone), theirs: exact(timezone), city })
          : exact(viewerZone)
      }
      className="text-muted text-sm tabular-nums"
    >
      {isElsewhere
        ? t("twice", { mine: short(viewerZone), theirs: short(timezone), city })
        : short(viewerZone)}
    </time>
  );
}

/** A field before and after; for lists and schedules, only the differences. */
function FieldChange({ field, before, after }: { field: string; before: unknown; after: unknown }) {
  const words = useFieldWords();
  const schedule = useScheduleWords();
  const holiday = useHolidayWords();
  const skill = useSkillWords();
  const hours = useHoursWords();

  if (field === "avatarUrl") return null;
  if (field === "weeklySchedule" && before && after)
    return changedRuns(before as WeeklySchedule, after as WeeklySchedule).map((run) => (
      <BeforeAfter
        key={run.first}
        label={schedule.days(run.first, run.last)}
        before={schedule.hours(run.before)}
        after={schedule.hours(run.after)}
      />
    ));
  if (field === "holidays")
    return <Items before={before} after={after} words={(each) => holiday(each as Holiday)} />;
  if (field === "schedule") {
    const versions = (value: unknown) => (value ? schedule.versions(value as RecordedHours["schedule"]) : []);
    return <Items before={versions(before)} after={versions(after)} words={String} />;
  }
  if (field === "travel")
    return (
      <Items
        before={before}
        after={after}
        words={(each) => hours.travel(each as RecordedHours["travel"][number])}
      />
    );
  if (field === "override")
    return (
      <Items
        before={before}
        after={after}
        words={(each) => hours.override(each as RecordedHours["override"][number])}
      />
    );
  if (field === "holidayCalendars")
    return <Items before={before} after={after} words={(each) => (each as { name: string }).name} />;
  if (field === "rotation")
    return (
      <Items
        before={before}
        after={after}
        words={(each) => hours.rotation(each as RecordedHours["rotation"][number])}
      />
    );
  if (field === "assignedSkills")
    return <Items before={before} after={after} words={(each) => skill(each as AssignedSkill)} />;
  if (field === "dropVms")
    return <Items before={before} after={after} words={(each) => (each as { name: string }).name} />;
  return <BeforeAfter before={words(field, before)} after={words(field, after)} />;
}

function BeforeAfter({ label, before, after }: { label?: string; before: string; after: string }) {
  const t = useTranslations("profile.history");
  return (
    <span className="flex flex-wrap items-baseline gap-x-1.5">
      {label && <span>{label}</span>}
      <span className="sr-only">{t("before")}</span>
      <del className="line-clamp-3 min-w-0 break-words text-muted decoration-line-strong">{before}</del>
      <ArrowRight aria-hidden="true" className="size-3 self-center text-muted rtl:-scale-x-100" />
      <span className="sr-only">{t("after")}</span>
      <ins className="line-clamp-3 min-w-0 break-words no-underline">{after}</ins>
    </span>
  );
}

function Items({
  before,
  after,
  words,
}: {
  before: unknown;
  after: unknown;
  words: (item: unknown) => string;
}) {
  const t = useTranslations("profile.history");
  const { added, removed } = itemChanges(
    ((before ?? []) as unknown[]).map(words),
    ((after ?? []) as unknown[]).map(words),
  );
  return (
    <ul className="flex flex-col">
      {removed.map((each) => (
        <li key={`- ${each}`} className="flex items-center gap-1.5 text-muted">
          <Minus aria-hidden="true" className="size-3 shrink-0" />
          <span className="sr-only">{t("removed")}</span>
          <del className="min-w-0 break-words decoration-line-strong">{each}</del>
        </li>
      ))}
      {added.map((each) => (
        <li key={`+ ${each}`} className="flex items-center gap-1.5">
          <Plus aria-hidden="true" className="size-3 shrink-0 text-muted" />
          <span className="sr-only">{t("added")}</span>
          <ins className="min-w-0 break-words no-underline">{each}</ins>
        </li>
      ))}
    </ul>
  );
}
