"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useTranslations } from "use-intl";
import { useDurationText } from "@/components/availability/duration-text";
import { PresetIcon } from "@/components/availability/preset-icon";
import { StatusLabel } from "@/components/availability/status-menu";
import { DeleteDialog } from "@/components/settings/kit/delete-dialog";
import type { ResourceTable } from "@/components/settings/kit/resource";
import { resourcePage } from "@/components/settings/kit/resource-page";
import { useWorkspace } from "@/components/shell/workspace-context";
import { MenuItem } from "@/components/ui/menu";
import {
  allPresetsQuery,
  presetUsageQuery,
  useDeletePreset,
} from "@/lib/availability/presets/client/queries";
import type { Preset } from "@/lib/availability/presets/contract";
import { OrderButtons, useMovePreset } from "./preset-order";
import { PresetDetails, PresetForm } from "./preset-panel";

function usePresetTable(): ResourceTable<Preset> {
  const t = useTranslations("settings.presets");
  const words = useTranslations("availability");
  const duration = useDurationText();
  const { workspace, can } = useWorkspace();
  const presets = useQuery(allPresetsQuery(workspace.id));
  const move = useMovePreset(presets.data ?? []);
  const lasts = ({ activityTtl }: Preset) => (activityTtl === undefined ? undefined : duration(activityTtl));
  return {
    items: presets,
    isOrdered: true,
    mark: ({ icon }) => <PresetIcon icon={icon} />,
    columns: [
      { key: "status", title: t("status"), cell: ({ status }) => <StatusLabel status={status} /> },
      { key: "activity", title: t("activity"), cell: ({ activity }) => words(`activity.${activity}`) },
      {
        key: "duration",
        title: t("duration"),
        align: "end",
        from: "md",
        cell: (preset) => lasts(preset) ?? <span className="text-muted">{t("noEnd")}</span>,
      },
      ...(can("settings.write")
        ? [
            {
              key: "order",
              title: t("order"),
              cell: (preset: Preset) => (
                <OrderButtons preset={preset} count={presets.data?.length ?? 0} onMove={move} />
              ),
            },
          ]
        : []),
    ],
    searched: ({ name, activityText }) => `${name} ${activityText ?? ""}`,
    note: ({ name, activityText }) => (activityText === name ? undefined : activityText),
    summary: (preset) =>
      t("summary", {
        status: words(`status.${preset.status}`),
        activity: words(`activity.${preset.activity}`),
        duration: lasts(preset) ?? "none",
      }),
    menu: (preset) => (
      <>
        {preset.position > 0 && (
          <MenuItem icon={<ArrowUp className="size-4" />} onAction={() => move(preset, -1)}>
            {t("moveUp", { name: preset.name })}
          </MenuItem>
        )}
        {preset.position < (presets.data?.length ?? 0) - 1 && (
          <MenuItem icon={<ArrowDown className="size-4" />} onAction={() => move(preset, 1)}>
            {t("moveDown", { name: preset.name })}
          </MenuItem>
        )}
      </>
    ),
  };
}

function DeletePreset({ item: preset }: { item: Preset }) {
  const t = useTranslations("settings.presets");
  const { workspace } = useWorkspace();
  return (
    <DeleteDialog
      item={preset}
      action={t("delete")}
      usage={presetUsageQuery(workspace.id, preset.id)}
      remove={useDeletePreset(workspace.id)}
    >
      {({ waiting }) => <p>{t("usage", { waiting })}</p>}
    </DeleteDialog>
  );
}

export const PresetsPage = resourcePage({
  name: "presets",
  useTable: usePresetTable,
  Form: PresetForm,
  Details: PresetDetails,
  Delete: DeletePreset,
});
