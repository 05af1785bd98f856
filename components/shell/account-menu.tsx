"use client";

import { Keyboard, KeyRound, LogOut, MonitorSmartphone } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "react-aria-components/Button";
import { MenuTrigger } from "react-aria-components/Menu";
import { useTranslations } from "use-intl";
import { useSignOut } from "@/components/access/use-sign-out";
import { Avatar } from "@/components/ui/avatar";
import { Menu, MenuItem, MenuSection, MenuSeparator } from "@/components/ui/menu";
import { type Language, languageNames, languages, type Theme, themes } from "@/lib/platform/locale/locales";
import { smallPicture } from "@/lib/workforce/media/rules";
import { chooseLanguage, chooseTheme, chosenTheme, shownLanguage } from "./choices";
import { useShellDialogs } from "./shell-dialogs";
import { themeIcons, themeNames } from "./theme-words";
import { useWorkspace } from "./workspace-context";

/** The menu of the signed-in person: theme, language, shortcuts, password, sessions, sign out. */
export function AccountMenu({
  avatarUrl,
  compact = false,
}: {
  avatarUrl?: string | undefined;
  compact?: boolean;
}) {
  const t = useTranslations("shell.account");
  const router = useRouter();
  const signOut = useSignOut();
  const { user } = useWorkspace();
  const { open } = useShellDialogs();
  const [theme, setTheme] = useState<Theme>("system");
  const [language, setLanguage] = useState<Language>();

  function readChoices(isOpen: boolean) {
    if (!isOpen) return;
    setTheme(chosenTheme());
    setLanguage(shownLanguage());
  }

  return (
    <MenuTrigger onOpenChange={readChoices}>
      <Button
        aria-label={t("label", { name: user.name })}
        className="flex min-h-9 min-w-0 flex-1 items-center gap-2.5 rounded-md px-1.5 max-sm:min-h-11 max-sm:min-w-11 text-start data-focus-visible:outline-2 data-focus-visible:outline-accent data-hovered:bg-hover"
      >
        <Avatar name={user.name} src={smallPicture(avatarUrl)} size="small" />
        {!compact && <span className="min-w-0 flex-1 truncate font-medium">{user.name}</span>}
      </Button>
      <Menu
        aria-label={t("label", { name: user.name })}
        placement={compact ? "bottom end" : "top start"}
        className="w-60"
        onAction={(key) => {
          if (key === "keys") open("keys");
          if (key === "password") open("password");
          if (key === "sessions") open("sessions");
          if (key === "signOut") signOut();
        }}
      >
        <MenuSection
          title={t("theme")}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[theme]}
          onSelectionChange={(keys) => {
            const [chosen] = keys === "all" ? [] : keys;
            const next = themes.find((each) => each === chosen);
            if (next) chooseTheme(next);
          }}
        >
          {themes.map((each) => (
            <MenuItem key={each} id={each} icon={themeIcons[each]} textValue={t(themeNames[each])}>
              {t(themeNames[each])}
            </MenuItem>
          ))}
        </MenuSection>
        <MenuSection
          title={t("language")}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={language ? [language] : []}
          onSelectionChange={(keys) => {
            const [chosen] = keys === "all" ? [] : keys;
            const next = languages.find((each) => each === chosen);
            if (!next) return;
            chooseLanguage(next);
            router.refresh();
          }}
        >
          {languages.map((each) => (
            <MenuItem key={each} id={each} textValue={languageNames[each]}>
              <span lang={each}>{languageNames[each]}</span>
            </MenuItem>
          ))}
        </MenuSection>
        <MenuSeparator />
        <MenuItem id="keys" icon={<Keyboard className="size-4" />} keys="?">
          {t("keys")}
        </MenuItem>
        <MenuItem id="password" icon={<KeyRound className="size-4" />}>
          {t("password")}
        </MenuItem>
        <MenuItem id="sessions" icon={<MonitorSmartphone className="size-4" />}>
          {t("sessions")}
        </MenuItem>
        <MenuItem id="signOut" icon={<LogOut className="size-4 rtl:-scale-x-100" />}>
          {t("signOut")}
        </MenuItem>
      </Menu>
    </MenuTrigger>
  );
}
