"use client";

import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { useViewerZone } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Option, Select } from "@/components/ui/select";
import type { PlannerRow } from "@/lib/agents/coverage/planner-contract";
import { zoneName } from "@/lib/platform/time/format";

/** Chooses the time zone of the planner: the reader's, the workspace's, or that of an agent. */
export function ZoneField({
  rows,
  value,
  onChange,
}: {
  rows: readonly PlannerRow[] | undefined;
  /** Null: the reader's. */
  value: string | null;
  onChange: (zone: string | null) => void;
}) {
  const t = useTranslations("calendar.planner");
  const viewer = useViewerZone();
  const { workspace } = useWorkspace();
  const zones = useMemo(() => {
    const others = new Set([workspace.timezone, ...(rows ?? []).map(({ timezone }) => timezone)]);
    if (value) others.add(value);
    others.delete(viewer);
    return [...others].sort((one, other) => one.localeCompare(other));
  }, [rows, value, viewer, workspace.timezone]);
  return (
    <Select
      label={t("zone")}
      hideLabel
      value={value ?? viewer}
      onChange={(zone) => onChange(zone === viewer || zone === null ? null : String(zone))}
      className="w-64 max-sm:w-full"
    >
      <Option id={viewer}>{t("yourZone", { zone: zoneName(viewer) })}</Option>
      {zones.map((zone) => (
        <Option key={zone} id={zone}>
          {zone === workspace.timezone ? t("workspaceZone", { zone: zoneName(zone) }) : zoneName(zone)}
        </Option>
      ))}
    </Select>
  );
}
