import {
  CalendarClock,
  CalendarDays,
  CalendarHeart,
  Coffee,
  Gauge,
  IdCard,
  KeyRound,
  type LucideIcon,
  Mail,
  RefreshCw,
  Route,
  ScrollText,
  Shapes,
  ShieldCheck,
  SlidersHorizontal,
  UsersRound,
} from "lucide-react";
import type { Messages } from "@/lib/platform/locale/messages";
import type { Permission } from "@/lib/platform/security/permissions";

/** The names of the settings pages, whose titles are in the catalog `shell.settings`. */
export type SectionName = keyof Messages["shell"]["settings"];

interface Section {
  path: string;
  icon: LucideIcon;
  /** The permission that shows the page. */
  needs: Permission;
}

/**
 * The settings pages in the order of the navigation. Every page of the product loads this list, so it does
 * not name the components; the routes do.
 */
export const sections: Record<SectionName, Section> = {
  teams: { path: "/settings/teams", icon: UsersRound, needs: "settings.read" },
  skills: { path: "/settings/skills", icon: Shapes, needs: "settings.read" },
  capacity: { path: "/settings/capacity", icon: Gauge, needs: "settings.read" },
  queues: { path: "/settings/queues", icon: Route, needs: "routing.read" },
  roles: { path: "/settings/roles", icon: ShieldCheck, needs: "settings.read" },
  senders: { path: "/settings/senders", icon: Mail, needs: "settings.read" },
  availability: { path: "/settings/availability", icon: SlidersHorizontal, needs: "settings.read" },
  presets: { path: "/settings/presets", icon: Coffee, needs: "settings.read" },
  timeOffTypes: { path: "/settings/time-off-types", icon: CalendarHeart, needs: "timeOff.write" },
  shifts: { path: "/settings/shifts", icon: CalendarClock, needs: "calendar.write" },
  rotations: { path: "/settings/rotations", icon: RefreshCw, needs: "calendar.write" },
  holidayCalendars: { path: "/settings/holiday-calendars", icon: CalendarDays, needs: "calendar.write" },
  people: { path: "/settings/people", icon: IdCard, needs: "people.write" },
  accessKeys: { path: "/settings/access-keys", icon: KeyRound, needs: "keys.write" },
  audit: { path: "/settings/audit", icon: ScrollText, needs: "ledger.read" },
};

export const settingsSections = (Object.keys(sections) as SectionName[]).map((name) => ({
  name,
  ...sections[name],
}));
