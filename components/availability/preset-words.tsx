"use client";

import { Coffee, Undo2, UsersRound, Utensils } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { AvailabilityChange } from "@/lib/availability/declared/contract";
import { type BreakPreset, backNow, breakPresets, presetChange } from "@/lib/availability/declared/presets";

/** A preset with its label, icon and change. */
interface OfferedPreset {
  id: string;
  name: string;
  icon: ReactNode;
  change: AvailabilityChange;
}

const icons: Record<BreakPreset["name"], ReactNode> = {
  break: <Coffee className="size-4" />,
  lunch: <Utensils className="size-4" />,
  meeting: <UsersRound className="size-4" />,
};

/**
 * Returns the default presets of a workspace without its own, and "Back now". With `long`, labels spell out
 * "minutes".
 */
export function useOfferedPresets(kind: "short" | "long" = "short"): OfferedPreset[] {
  const t = useTranslations(kind === "short" ? "availability.presets" : "availability.presetCommands");
  return [
    ...breakPresets.map((preset) => ({
      id: `preset:${preset.name}`,
      name: t(preset.name, { minutes: preset.seconds / 60 }),
      icon: icons[preset.name],
      change: presetChange(preset),
    })),
    {
      id: "preset:back",
      name: t("back"),
      icon: <Undo2 className="size-4 rtl:-scale-x-100" />,
      change: backNow,
    },
  ];
}
