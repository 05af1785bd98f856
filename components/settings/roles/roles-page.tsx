"use client";

import { List, Lock } from "lucide-react";
import { useTranslations } from "use-intl";
import { agentListPath } from "@/components/agents/list/list-address";
import { DeleteDialog } from "@/components/settings/kit/delete-dialog";
import type { ResourceTable } from "@/components/settings/kit/resource";
import { resourcePage } from "@/components/settings/kit/resource-page";
import { useRoles } from "@/components/shell/roles";
import { useWorkspace } from "@/components/shell/workspace-context";
import { MenuItem } from "@/components/ui/menu";
import { roleUsageQuery, useDeleteRole } from "@/lib/access/roles/client/queries";
import type { Role } from "@/lib/access/roles/contract";
import { permissions } from "@/lib/platform/security/permissions";
import { useIsGrantable } from "./role-choice";
import { RoleDetails, RoleForm } from "./role-panel";

function useRoleTable(): ResourceTable<Role> {
  const t = useTranslations("settings.roles");
  const { can, href } = useWorkspace();
  const isGrantable = useIsGrantable();
  const breadth = (role: Role) =>
    role.permissions.length === permissions.length
      ? t("allowsAll")
      : t("allows", { count: role.permissions.length });
  return {
    items: useRoles({ enabled: true }),
    columns: [
      {
        key: "allows",
        title: t("allowsTitle"),
        cell: (role) => <span className="text-muted">{breadth(role)}</span>,
      },
      {
        key: "origin",
        title: t("origin"),
        from: "md",
        cell: (role) => <span className="text-muted">{t(`origins.${role.type}`)}</span>,
      },
    ],
    searched: ({ name }) => name,
    badge: (role) =>
      role.type === "managed" && (
        <span title={t("origins.managed")} className="shrink-0">
          <Lock aria-label={t("managedMark")} role="img" className="size-3.5 text-muted" />
        </span>
      ),
    summary: breadth,
    menu: (role) =>
      can("agents.read") && (
        <MenuItem icon={<List className="size-4" />} href={href(agentListPath({ roles: [role.id] }))}>
          {t("showAgents")}
        </MenuItem>
      ),
    isEditable: (role) => role.type === "organization" && isGrantable(role),
  };
}

function DeleteRole({ item: role }: { item: Role }) {
  const t = useTranslations("settings.roles");
  const { workspace } = useWorkspace();
  return (
    <DeleteDialog
      item={role}
      action={t("delete")}
      usage={roleUsageQuery(workspace.id, role.id)}
      remove={useDeleteRole(workspace.id)}
    >
      {({ members, membersWithoutOther, accessKeys }) => (
        <ul className="list-disc space-y-1 ps-4">
          <li>{t("usageMembers", { members })}</li>
          {membersWithoutOther > 0 && <li>{t("usageAlone", { members: membersWithoutOther })}</li>}
          <li>{t("usageKeys", { keys: accessKeys })}</li>
        </ul>
      )}
    </DeleteDialog>
  );
}

export const RolesPage = resourcePage({
  name: "roles",
  useTable: useRoleTable,
  Form: RoleForm,
  Details: RoleDetails,
  Delete: DeleteRole,
});
