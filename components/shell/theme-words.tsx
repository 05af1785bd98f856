import { Monitor, Moon, Sun } from "lucide-react";

export const themeIcons = {
  system: <Monitor className="size-4" />,
  light: <Sun className="size-4" />,
  dark: <Moon className="size-4" />,
};

export const themeNames = { system: "themeSystem", light: "themeLight", dark: "themeDark" } as const;
