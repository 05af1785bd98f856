"use client";

import { Keyboard, KeyRound, Languages, LogOut, MonitorSmartphone, UserPlus } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useCallback } from "react";
import { useLocale, useTranslations } from "use-intl";
import { signOut } from "@/components/access/sign-out";
import { newAgentPath } from "@/components/agents/list/list-address";
import { useOfferedPresets } from "@/components/availability/preset-words";
import { statusMarks } from "@/components/availability/status-menu";
import { useSetAvailability } from "@/components/availability/use-set-availability";
import { StatusMark } from "@/components/ui/status-mark";
import type { AvailabilityChange } from "@/lib/availability/declared/contract";
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
      run: () => void signOut(),
    },
  ];
}

/** Returns the commands for the person's own status and activity; none for people without an agent. */
function useAvailabilityCommands(): Command[] {
  const t = useTranslations("shell");
  const words = useTranslations("availability.status");
  const presets = useOfferedPresets("long");
  const { can } = useWorkspace();
  const { data: own, dataUpdatedAt } = useOwnAgent();
  const set = useSetAvailability(useCallback(() => t("account.notSet"), [t]));
  if (!own || (!can("own.write") && !can("availability.write"))) return [];
  const change = (wanted: AvailabilityChange) => () => set(own.data, pageTime(dataUpdatedAt), wanted);
  return [
    ...presets.map((preset) => ({ ...preset, run: change(preset.change) })),
    ...agentStatuses
      .filter((status) => status !== own.data.status)
      .map((status) => ({
        id: `do:${status}`,
        name: t("palette.setMe", { status: words(status) }),
        icon: <StatusMark mark={statusMarks[status]} />,
        run: change({ status }),
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
