import {
  Gauge,
  IdCard,
  KeyRound,
  type LucideIcon,
  Mail,
  ScrollText,
  Shapes,
  ShieldCheck,
  UsersRound,
} from "lucide-react";
import { type ComponentType, lazy } from "react";
import type { Messages } from "@/lib/platform/locale/messages";
import type { Permission } from "@/lib/platform/security/permissions";

/** A settings page, as the navigation, the command palette and the routes know it. */
interface Section {
  /** Catalog key in `shell.settings`. */
  key: keyof Messages["shell"]["settings"];
  path: string;
  icon: LucideIcon;
  /** The permission that shows the page. */
  needs: Permission;
  Page: ComponentType;
}

/** The settings pages in the order of the navigation. */
export const settingsSections: readonly Section[] = [
  {
    key: "teams",
    path: "/settings/teams",
    icon: UsersRound,
    needs: "settings.read",
    Page: lazy(async () => ({ default: (await import("./teams/teams-page")).TeamsPage })),
  },
  {
    key: "skills",
    path: "/settings/skills",
    icon: Shapes,
    needs: "settings.read",
    Page: lazy(async () => ({ default: (await import("./skills/skills-page")).SkillsPage })),
  },
  {
    key: "capacity",
    path: "/settings/capacity",
    icon: Gauge,
    needs: "settings.read",
    Page: lazy(async () => ({ default: (await import("./capacity/capacity-page")).CapacityPage })),
  },
  {
    key: "roles",
    path: "/settings/roles",
    icon: ShieldCheck,
    needs: "settings.read",
    Page: lazy(async () => ({ default: (await import("./roles/roles-page")).RolesPage })),
  },
  {
    key: "senders",
    path: "/settings/senders",
    icon: Mail,
    needs: "settings.read",
    Page: lazy(async () => ({ default: (await import("./senders/senders-page")).SendersPage })),
  },
  {
    key: "people",
    path: "/settings/people",
    icon: IdCard,
    needs: "people.write",
    Page: lazy(async () => ({ default: (await import("./people/people-page")).PeoplePage })),
  },
  {
    key: "accessKeys",
    path: "/settings/access-keys",
    icon: KeyRound,
    needs: "keys.write",
    Page: lazy(async () => ({ default: (await import("./access-keys/access-keys-page")).AccessKeysPage })),
  },
  {
    key: "audit",
    path: "/settings/audit",
    icon: ScrollText,
    needs: "ledger.read",
    Page: lazy(async () => ({ default: (await import("./audit/audit-page")).AuditPage })),
  },
];
