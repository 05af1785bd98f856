"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { type Control, Controller, useWatch } from "react-hook-form";
import { useLocale, useTranslations } from "use-intl";
import { useHoursText } from "@/components/hours/schedule/hours-text";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Checkbox } from "@/components/ui/checkbox";
import { Option, Select } from "@/components/ui/select";
import { TagPicker } from "@/components/ui/tag-picker";
import { type Preset, presets } from "@/lib/hours/schedule/editing";
import { weekdays } from "@/lib/platform/time/calendar";
import { isWeekendDay } from "@/lib/platform/time/week";
import { allTeamsQuery } from "@/lib/workforce/teams/client/queries";
import type { InviteValues } from "./invite-values";

/** Option ID for no schedule. Presets with the same effect are left out. */
const always = "";
const leftOut: readonly Preset["id"][] = ["always", "off"];

/** Returns the schedule presets for the weekend of the reader's region. */
export function useSchedulePresets(): readonly Preset[] {
  const locale = useLocale();
  return useMemo(
    () =>
      presets(weekdays.filter((_, index) => isWeekendDay(locale, index))).filter(
        ({ id }) => !leftOut.includes(id),
      ),
    [locale],
  );
}

/** Edits whether invited people get an agent, and its initial values. */
export function InviteAgentFields<Parsed>({
  control,
  presets: offered,
}: {
  control: Control<InviteValues, unknown, Parsed>;
  presets: readonly Preset[];
}) {
  const t = useTranslations("settings.people");
  const common = useTranslations("settings.common");
  const schedule = useTranslations("schedule");
  const text = useHoursText();
  const { workspace, can } = useWorkspace();
  const teams = useQuery({ ...allTeamsQuery(workspace.id), enabled: can("settings.read") }).data ?? [];
  const makesAgents = useWatch({ control, name: "makesAgents" });
  return (
    <>
      <Controller
        control={control}
        name="makesAgents"
        render={({ field }) => (
          <Checkbox isSelected={field.value} onChange={field.onChange}>
            {t("makesAgents")}
          </Checkbox>
        )}
      />
      {makesAgents && teams.length > 0 && (
        <Controller
          control={control}
          name="teamIds"
          render={({ field }) => (
            <TagPicker
              label={t("teams")}
              placeholder={common("chooseTeams")}
              items={teams}
              value={field.value}
              onChange={(ids) => field.onChange([...ids].map(String))}
            />
          )}
        />
      )}
      {makesAgents && (
        <Controller
          control={control}
          name="schedule"
          render={({ field }) => (
            <Select
              label={schedule("mode")}
              value={field.value === always ? "always" : field.value}
              onChange={(id) => field.onChange(id === "always" ? always : String(id))}
            >
              <Option id="always">{schedule("always")}</Option>
              {offered.map(({ id, hours }) => (
                <Option
                  key={id}
                  id={id}
                  textValue={schedule(`preset.${id}`)}
                  hint={hours && text.range(hours.from, hours.to)}
                >
                  {schedule(`preset.${id}`)}
                </Option>
              ))}
            </Select>
          )}
        />
      )}
    </>
  );
}
