"use client";

import { useWatch } from "react-hook-form";
import { CoverageEffect } from "@/components/hours/coverage/coverage-effect";
import { plannedSchedule } from "@/components/hours/coverage/planned-schedule";
import { useNow } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import type { Schedule } from "@/lib/hours/weeks/contract";
import { localDate } from "@/lib/platform/time/wall-clock";
import { useProfile } from "./profile-context";
import type { ProfileField } from "./profile-fields";

/** What the unsaved weekly hours do to coverage, for readers who may preview it. */
export function ScheduleEffect({ saved, changed }: { saved: Schedule; changed: readonly ProfileField[] }) {
  const { can } = useWorkspace();
  const { control, agent } = useProfile();
  const edited = useWatch({ control, name: "schedule" });
  const today = localDate(saved.timezone, useNow({ updateInterval: 60_000 }).getTime());
  // The preview counts with the saved time zone, so it would be wrong with another one.
  if (changed.includes("timezone") || !(can("calendar.write") || can("timeOff.write"))) return null;
  const draft = plannedSchedule(agent.id, saved, edited, today);
  return (
    draft && (
      <div className="pb-2">
        <CoverageEffect draft={draft} until={draft.to} isCompact />
      </div>
    )
  );
}
