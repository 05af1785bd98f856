"use client";

import { Keyboard, KeyRound, Languages, LogOut, MonitorSmartphone, UserPlus, X } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useCallback } from "react";
import { useLocale, useTranslations } from "use-intl";
import { useSignOut } from "@/components/access/use-sign-out";
import { newAgentPath } from "@/components/agents/list/list-address";
import { PresetIcon } from "@/components/availability/preset-icon";
import { useOfferedPresets } from "@/components/availability/preset-words";
import { statusMarks } from "@/components/availability/status-menu";
import { usePendingPreset, usePresets } from "@/components/availability/use-presets";
import { type AvailabilityPick, useSetAvailability } from "@/components/availability/use-set-availability";
import { StatusMark } from "@/components/ui/status-mark";
import { backNow } from "@/lib/availability/declared/presets";
import { agentStatuses } from "@/lib/availability/declared/values";
import { pageTime } from "@/lib/platform/client/page-clock";
import { languageNames, languages, themes } from "@/lib/platform/locale/locales";
import { chooseLanguage, chooseTheme, chosenTheme, shownLanguage } from "./choices";
import { useOwnAgent } from "./own-availability";
import { themeIcons, themeNames } from "./theme-words";
import { useWorkspace } from "./workspace-context";

export interface Command {
  id: string;
  name: string;
  /** Synonyms that also match. */
  also?: string;
  icon: ReactNode;
  /** Address, for a command that navigates. */
  href?: string;
  run?: () => void;
}

const icon = "size-4";

/** Returns the commands that the person may use on any page; `open` opens another dialog of the shell. */
export function useCommands(open: (name: "keys" | "password" | "sessions") => void): Command[] {
  const t = useTranslations("shell");
  const { can, href } = useWorkspace();
  const signOut = useSignOut();
  return [
    ...useAvailabilityCommands(),
    ...(can("agents.write")
      ? [
          {
            id: "do:new",
            name: t("palette.newAgent"),
            icon: <UserPlus className={icon} />,
            href: href(newAgentPath),
          },
        ]
      : []),
    ...useLookCommands(),
    {
      id: "do:keys",
      name: t("account.keys"),
      icon: <Keyboard className={icon} />,
      run: () => open("keys"),
    },
    {
      id: "do:password",
      name: t("account.password"),
      icon: <KeyRound className={icon} />,
      run: () => open("password"),
    },
    {
      id: "do:sessions",
      name: t("account.sessions"),
      icon: <MonitorSmartphone className={icon} />,
      run: () => open("sessions"),
    },
    {
      id: "do:signOut",
      name: t("account.signOut"),
      icon: <LogOut className="size-4 rtl:-scale-x-100" />,
      run: signOut,
    },
  ];
}

/** Returns the commands for the person's own status and activity; none for people without an agent. */
function useAvailabilityCommands(): Command[] {
  const t = useTranslations("shell");
  const words = useTranslations("availability");
  const usual = useOfferedPresets("long");
  const presets = usePresets() ?? [];
  const { can } = useWorkspace();
  const { data: own, dataUpdatedAt } = useOwnAgent();
  const set = useSetAvailability(useCallback(() => t("account.notSet"), [t]));
  const isBusy = (own?.data.workload.workload.messaging ?? 0) > 0;
  const pending = usePendingPreset(own?.data.id ?? "", isBusy);
  if (!own || (!can("own.write") && !can("availability.write"))) return [];
  const pick = (wanted: AvailabilityPick) => () => set(own.data, pageTime(dataUpdatedAt), wanted);
  return [
    ...(pending
      ? [
          {
            id: "preset:withdraw",
            name: words("ownCommands.withdraw", {
              preset: pending.preset?.name ?? words("pendingPreset.gone"),
            }),
            icon: <X className={icon} />,
            run: pick({ withdraw: pending.preset }),
          },
        ]
      : []),
    ...presets.map((preset) => ({
      id: `preset:${preset.id}`,
      name: preset.name,
      icon: <PresetIcon icon={preset.icon} />,
      run: pick({ preset, when: "now" }),
    })),
    ...usual
      .filter(({ change }) => presets.length === 0 || change === backNow)
      .map((preset) => ({ ...preset, run: pick(preset.change) })),
    ...(isBusy ? presets : []).map((preset) => ({
      id: `preset:later:${preset.id}`,
      name: words("ownCommands.after", { preset: preset.name }),
      icon: <PresetIcon icon={preset.icon} />,
      run: pick({ preset, when: "afterConversations" }),
    })),
    ...agentStatuses
      .filter((status) => status !== own.data.status)
      .map((status) => ({
        id: `do:${status}`,
        name: t("palette.setMe", { status: words(`status.${status}`) }),
        icon: <StatusMark mark={statusMarks[status]} />,
        run: pick({ status }),
      })),
  ];
}

function useLookCommands(): Command[] {
  const t = useTranslations("shell");
  const locale = useLocale();
  const router = useRouter();
  const names = new Intl.DisplayNames(locale, { type: "language" });
  return [
    ...languages
      .filter((language) => language !== shownLanguage())
      .map((language) => ({
        id: `do:${language}`,
        name: t("palette.language", { language: names.of(language) ?? languageNames[language] }),
        also: languageNames[language],
        icon: <Languages className={icon} />,
        run: () => {
          chooseLanguage(language);
          router.refresh();
        },
      })),
    ...themes
      .filter((theme) => theme !== chosenTheme())
      .map((theme) => ({
        id: `do:${theme}`,
        name: t("palette.theme", { theme: t(`account.${themeNames[theme]}`) }),
        icon: themeIcons[theme],
        run: () => chooseTheme(theme),
      })),
  ];
}
