"use client";

import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import { useDurationText } from "@/components/availability/duration-text";
import { useRoles } from "@/components/shell/roles";
import { useList } from "@/components/shell/use-list";
import { useWorkspace } from "@/components/shell/workspace-context";
import type { Agent } from "@/lib/agents/agents/contract";
import type { Activity, AgentStatus } from "@/lib/availability/declared/contract";
import type { Holiday, IntervalOfDay, WeeklySchedule } from "@/lib/hours/schedule/contract";
import type { RecordedHours } from "@/lib/hours/weeks/recorded";
import { epochDay } from "@/lib/platform/time/calendar";
import {
  formatDay,
  formatDays,
  formatMonthDay,
  formatWallTime,
  weekdayName,
} from "@/lib/platform/time/format";
import { allSendersQuery } from "@/lib/workforce/senders/client/queries";
import { allTeamsQuery } from "@/lib/workforce/teams/client/queries";
import type { AssignedSkill } from "./profile-fields";
import { runsOf } from "./schedule-runs";
import { useCityOf } from "./use-city-of";

/** Returns a function that gives a field's label; unknown fields keep their API name. */
export function useFieldName(): (field: string) => string {
  const t = useTranslations("profile.fields");
  return useCallback((field) => (t.has(field as "name") ? t(field as "name") : field), [t]);
}

/** Returns a function that names a transcription language: "English (United Kingdom)". */
export function useLanguageName(): (tag: string) => string {
  const locale = useLocale();
  return useMemo(() => {
    const names = new Intl.DisplayNames(locale, { type: "language", languageDisplay: "standard" });
    return (tag) => {
      try {
        return names.of(tag) ?? tag;
      } catch {
        return tag;
      }
    };
  }, [locale]);
}

/** Returns a function that names a country. */
export function useCountryName(): (code: string) => string {
  const locale = useLocale();
  return useMemo(() => {
    const names = new Intl.DisplayNames(locale, { type: "region" });
    return (code) => names.of(code) ?? code;
  }, [locale]);
}

/** Returns functions that describe parts of a schedule. */
export function useScheduleWords() {
  const t = useTranslations("profile.schedule");
  const locale = useLocale();
  return useMemo(() => {
    const days = (first: number, last: number) =>
      first === last
        ? weekdayName(locale, first, "short")
        : t("days", { first: weekdayName(locale, first, "short"), last: weekdayName(locale, last, "short") });
    const hours = (shift: NonNullable<WeeklySchedule["monday"]> | undefined) => {
      if (!shift) return t("dayOff");
      const { from, to } = shift;
      if (from.hour === 0 && from.minute === 0 && to.hour === 0 && to.minute === 0) return t("allDay");
      return t("hours", { from: formatWallTime(locale, from), to: formatWallTime(locale, to) });
    };
    const week = (schedule: WeeklySchedule | null | undefined) => {
      if (!schedule) return t("always");
      const runs = runsOf(schedule);
      if (runs.length === 0) return t("off");
      return new Intl.ListFormat(locale, { type: "unit", style: "short" }).format(
        runs.map((run) => t("run", { days: days(run.first, run.last), hours: hours(run.hours) })),
      );
    };
    const several = (intervals: readonly IntervalOfDay[]) =>
      intervals.length === 0
        ? t("dayOff")
        : new Intl.ListFormat(locale, { type: "unit", style: "short" }).format(intervals.map(hours));
    const versions = ({ always, versions: all }: RecordedHours["schedule"]) =>
      always
        ? [t("always")]
        : all.map(({ effectiveFrom, week: intervals }) => {
            const words =
              runsOf(intervals)
                .map((run) => t("run", { days: days(run.first, run.last), hours: several(run.hours) }))
                .join("; ") || t("off");
            return effectiveFrom
              ? t("from", { date: formatDate(locale, effectiveFrom), hours: words })
              : words;
          });
    return { days, hours, week, several, versions };
  }, [t, locale]);
}

const dateStyle = { dateStyle: "medium" } as const;
const formatDate = (locale: string, date: string) => formatDay(locale, epochDay(date), dateStyle);

/** Returns functions that describe items of the hours that have their own fields in the ledger. */
export function useHoursWords() {
  const t = useTranslations("profile");
  const locale = useLocale();
  const city = useCityOf();
  const { several } = useScheduleWords();
  return useMemo(
    () => ({
      travel: ({ timezone, from, to }: RecordedHours["travel"][number]) =>
        t("travel.one", {
          city: city(timezone),
          dates: formatDays(locale, epochDay(from), epochDay(to), dateStyle),
        }),
      override: ({ date, intervals, note }: RecordedHours["override"][number]) => {
        const words = { date: formatDate(locale, date), hours: several(intervals) };
        return note ? t("override.withNote", { ...words, note }) : t("override.one", words);
      },
      rotation: ({ name, offset, from, until }: RecordedHours["rotation"][number]) => {
        let rotation = t("rotation.one", { name, week: offset + 1 });
        if (from) rotation = t("rotation.from", { rotation, date: formatDate(locale, from) });
        if (until) rotation = t("rotation.until", { rotation, date: formatDate(locale, until) });
        return rotation;
      },
    }),
    [t, locale, city, several],
  );
}

/** Returns a function that describes a holiday with its date. */
export function useHolidayWords(): (holiday: Holiday) => string {
  const t = useTranslations("profile.holidays");
  const locale = useLocale();
  return useCallback(
    (holiday) => t("one", { name: holiday.name, date: formatMonthDay(locale, holiday, "short") }),
    [t, locale],
  );
}

/** Returns a function that describes a skill with its chosen values. */
export function useSkillWords(): (skill: AssignedSkill) => string {
  const t = useTranslations("profile.skills");
  const locale = useLocale();
  return useCallback(
    ({ name, selectedValues }) =>
      selectedValues.length === 0
        ? name
        : t("with", {
            name,
            values: new Intl.ListFormat(locale, { type: "unit", style: "short" }).format(
              selectedValues.map(({ value }) => value),
            ),
          }),
    [t, locale],
  );
}

/** Isolates a phone number, so that it stays left to right in any text. */
export const phoneNumberText = (number: string) => `\u2066${number}\u2069`;

/**
 * Returns a function that describes a field's value in one line. Takes values in the format of the API,
 * whether from an agent, a change or the ledger, and replaces IDs with names.
 */
export function useFieldWords(): (field: string, value: unknown) => string {
  const t = useTranslations("profile");
  const availability = useTranslations("availability");
  const duration = useDurationText();
  const { workspace, can } = useWorkspace();
  const enabled = can("settings.read");
  const { data: senders } = useQuery({ ...allSendersQuery(workspace.id), enabled });
  const { data: teams } = useQuery({ ...allTeamsQuery(workspace.id), enabled });
  const { data: roles } = useRoles({ enabled });
  const schedule = useScheduleWords();
  const language = useLanguageName();
  const country = useCountryName();
  const city = useCityOf();
  const holiday = useHolidayWords();
  const skill = useSkillWords();
  const list = useList();

  return (field, value) => {
    const named = (known: readonly { id: string; name: string }[] | undefined, ids: unknown) =>
      (ids as string[]).map(
        (id) => known?.find((each) => each.id === id)?.name ?? (known ? t("history.deletedThing") : "…"),
      );
    const some = (words: string[]) => (words.length === 0 ? t("none") : list(words));
    if (field === "weeklySchedule") return schedule.week(value as WeeklySchedule | null | undefined);
    if (value === undefined || value === null || value === "") return t("notSet");
    switch (field) {
      case "schedule":
        return schedule.versions(value as RecordedHours["schedule"]).join("\n");
      case "timezone":
        return city(String(value));
      case "defaultCountryCode":
        return country(String(value));
      case "transcriptionLocale":
        return language(String(value));
      case "status":
        return availability(`status.${value as AgentStatus}`);
      case "activity":
        return availability(`activity.${value as Activity}`);
      case "activityTtl":
        return duration(Number(value));
      case "wrapUpTime":
        return t("seconds", { count: Number(value) });
      case "defaultSenderId":
        return some(named(senders, [value]));
      case "teamIds":
        return some(named(teams, value));
      case "roles":
        return some(named(roles, value));
      case "holidays":
        return some((value as Holiday[]).map(holiday));
      case "assignedSkills":
        return some((value as AssignedSkill[]).map(skill));
      case "dropVms":
        return some((value as { name: string }[]).map(({ name }) => name));
      case "defaultCallerId":
        return phoneNumberText(String(value));
      case "forwardNumber": {
        const { enabled: isOn, number, maskCaller } = value as NonNullable<Agent["forwardNumber"]>;
        const shown = { number: phoneNumberText(number) };
        if (!isOn) return number ? t("forwarding.offTo", shown) : t("forwarding.off");
        return t(maskCaller ? "forwarding.toMasked" : "forwarding.to", shown);
      }
      default:
        return typeof value === "object" ? JSON.stringify(value) : String(value);
    }
  };
}
