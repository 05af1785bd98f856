"use client";

import { List, Lock, Pencil, ShieldCheck, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { agentListPath } from "@/components/agents/list/list-address";
import { DeleteDialog } from "@/components/settings/kit/delete-dialog";
import { useNotes } from "@/components/settings/kit/notes";
import { usePanelState } from "@/components/settings/kit/panel-state";
import { PanelOf } from "@/components/settings/kit/panel-target";
import { SettingsPage } from "@/components/settings/kit/settings-page";
import { useRoles } from "@/components/shell/roles";
import { useWorkspace } from "@/components/shell/workspace-context";
import { MenuItem } from "@/components/ui/menu";
import { roleUsageQuery, useDeleteRole } from "@/lib/access/roles/client/queries";
import type { Role } from "@/lib/access/roles/contract";
import { permissions } from "@/lib/platform/security/permissions";
import { useIsGrantable } from "./role-choice";
import { RolePanel } from "./role-panel";

export function RolesPage() {
  const t = useTranslations("settings.roles");
  const common = useTranslations("settings.common");
  const shell = useTranslations("shell.settings");
  const { can, href } = useWorkspace();
  const panel = usePanelState();
  const roles = useRoles({ enabled: can("settings.read") });
  const [doomed, setDoomed] = useState<Role>();
  const isGrantable = useIsGrantable();
  const isEditable = (role: Role) => role.type === "organization" && isGrantable(role);
  const breadth = (role: Role) =>
    role.permissions.length === permissions.length
      ? t("allowsAll")
      : t("allows", { count: role.permissions.length });

  return (
    <SettingsPage
      title={shell("roles")}
      hint={t("hint")}
      access={{ read: "settings.read", write: "settings.write" }}
      items={roles}
      panel={panel}
      newLabel={t("new")}
      columns={[
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
      ]}
      searched={({ name }) => name}
      badge={(role) =>
        role.type === "managed" && (
          <span title={t("origins.managed")} className="shrink-0">
            <Lock aria-label={t("managedMark")} role="img" className="size-3.5 text-muted" />
          </span>
        )
      }
      summary={breadth}
      actions={(role) =>
        (isEditable(role) || can("agents.read")) && (
          <>
            {isEditable(role) && (
              <MenuItem icon={<Pencil className="size-4" />} onAction={() => panel.open(role.id)}>
                {common("edit")}
              </MenuItem>
            )}
            {can("agents.read") && (
              <MenuItem icon={<List className="size-4" />} href={href(agentListPath({ roles: [role.id] }))}>
                {t("showAgents")}
              </MenuItem>
            )}
            {isEditable(role) && (
              <MenuItem danger icon={<Trash2 className="size-4" />} onAction={() => setDoomed(role)}>
                {common("deleteEllipsis")}
              </MenuItem>
            )}
          </>
        )
      }
      count={(count) => t("count", { count })}
      searchLabel={t("search")}
      empty={{ icon: <ShieldCheck className="size-5" />, title: t("emptyTitle"), text: t("hint") }}
    >
      <PanelOf panel={panel} items={roles}>
        {(role) => <RolePanel panel={panel} role={role} onDelete={setDoomed} />}
      </PanelOf>
      {doomed && <DeleteRole role={doomed} onClose={() => setDoomed(undefined)} onDeleted={panel.leave} />}
    </SettingsPage>
  );
}

function DeleteRole({
  role,
  onClose,
  onDeleted,
}: {
  role: Role;
  onClose: () => void;
  onDeleted: () => void;
}) {
  const t = useTranslations("settings.roles");
  const common = useTranslations("settings.common");
  const { workspace } = useWorkspace();
  const remove = useDeleteRole(workspace.id);
  const notes = useNotes();
  return (
    <DeleteDialog
      title={common("deleteTitle", { name: role.name })}
      action={t("delete")}
      usage={roleUsageQuery(workspace.id, role.id)}
      describe={({ members, membersWithoutOther, accessKeys }) => (
        <ul className="list-disc space-y-1 ps-4">
          <li>{t("usageMembers", { members })}</li>
          {membersWithoutOther > 0 && <li>{t("usageAlone", { members: membersWithoutOther })}</li>}
          <li>{t("usageKeys", { keys: accessKeys })}</li>
        </ul>
      )}
      onClose={onClose}
      onConfirm={async () => {
        await remove.mutateAsync(role.id);
        onDeleted();
        notes.deleted(role.name);
      }}
    />
  );
}
