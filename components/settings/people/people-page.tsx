"use client";

import { useQuery } from "@tanstack/react-query";
import { Ban, IdCard, KeyRound, Pencil, RotateCcw, Send, Trash2, UserRoundPlus } from "lucide-react";
import { useTranslations } from "use-intl";
import { usePanelState } from "@/components/settings/kit/panel-state";
import { PanelOf } from "@/components/settings/kit/panel-target";
import { SettingsPage } from "@/components/settings/kit/settings-page";
import { useIsWithin } from "@/components/settings/roles/role-choice";
import { useRoles } from "@/components/shell/roles";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Link } from "@/components/ui/link";
import { MenuItem, MenuSeparator } from "@/components/ui/menu";
import { Tag } from "@/components/ui/tag";
import { allPeopleQuery } from "@/lib/access/people/client/queries";
import { InvitePanel } from "./invite-panel";
import { usePersonActions } from "./person-actions";
import { PersonPanel } from "./person-panel";
import { PersonStatus } from "./person-status";

export function PeoplePage() {
  const t = useTranslations("settings.people");
  const common = useTranslations("settings.common");
  const shell = useTranslations("shell.settings");
  const { workspace, can, href } = useWorkspace();
  const panel = usePanelState();
  const isAllowed = can("people.write");
  const people = useQuery({ ...allPeopleQuery(workspace.id), enabled: isAllowed });
  const roles = useRoles({ enabled: isAllowed && can("settings.read") });
  const actions = usePersonActions(panel.leave);
  const isWithin = useIsWithin(roles.data);
  const nameOfRole = new Map(roles.data?.map(({ id, name }) => [id, name]));
  const rolesOf = (roleIds: readonly string[]) => roleIds.flatMap((id) => nameOfRole.get(id) ?? []).sort();

  return (
    <SettingsPage
      title={shell("people")}
      hint={t("hint")}
      access={{ read: "people.write", write: "people.write" }}
      items={people}
      panel={panel}
      newLabel={t("new")}
      columns={[
        {
          key: "roles",
          title: t("roles"),
          from: "md",
          cell: ({ roleIds }) => (
            <span className="flex gap-1">
              {rolesOf(roleIds).map((name) => (
                <Tag key={name}>{name}</Tag>
              ))}
            </span>
          ),
        },
        {
          key: "agent",
          title: t("agent"),
          from: "lg",
          cell: ({ agentId, name }) =>
            agentId && can("agents.read") ? (
              <Link
                href={href(`/agents/${agentId}`)}
                aria-label={t("openAgent", { name })}
                className="relative z-10 inline-flex min-h-6 items-center"
              >
                {t("open")}
              </Link>
            ) : (
              <span className="text-muted">{agentId ? t("hasAgent") : "–"}</span>
            ),
        },
        { key: "status", title: t("status"), cell: ({ status }) => <PersonStatus status={status} /> },
      ]}
      searched={({ name, email, roleIds }) => [name, email, ...rolesOf(roleIds)].join(" ")}
      note={({ name, email }) => (email === name ? undefined : email)}
      badge={({ status }) =>
        status !== "active" && (
          <span className="inline-flex sm:hidden">
            <PersonStatus status={status} />
          </span>
        )
      }
      summary={({ email, name, roleIds }) =>
        [...rolesOf(roleIds), ...(email === name ? [] : [email])].join(" · ")
      }
      actions={(person) =>
        isWithin(person.roleIds) && (
          <>
            <MenuItem icon={<Pencil className="size-4" />} onAction={() => panel.open(person.id)}>
              {common("edit")}
            </MenuItem>
            {!person.agentId && can("agents.write") && (
              <MenuItem
                icon={<UserRoundPlus className="size-4" />}
                onAction={() => actions.makeAgent(person)}
              >
                {t("makeAgent")}
              </MenuItem>
            )}
            <MenuSeparator />
            {person.status === "invited" && (
              <MenuItem
                icon={<Send className="size-4 rtl:-scale-x-100" />}
                onAction={() => actions.resend(person)}
              >
                {t("resend")}
              </MenuItem>
            )}
            {person.status === "active" && (
              <MenuItem icon={<KeyRound className="size-4" />} onAction={() => actions.resetPassword(person)}>
                {t("resetPassword")}
              </MenuItem>
            )}
            {person.status === "active" && (
              <MenuItem icon={<Ban className="size-4" />} onAction={() => actions.suspend(person)}>
                {t("suspendEllipsis")}
              </MenuItem>
            )}
            {person.status === "suspended" && (
              <MenuItem icon={<RotateCcw className="size-4" />} onAction={() => actions.restore(person)}>
                {t("restore")}
              </MenuItem>
            )}
            <MenuItem danger icon={<Trash2 className="size-4" />} onAction={() => actions.remove(person)}>
              {t(person.status === "invited" ? "withdrawEllipsis" : "removeEllipsis")}
            </MenuItem>
          </>
        )
      }
      count={(count) => t("count", { count })}
      searchLabel={t("search")}
      empty={{ icon: <IdCard className="size-5" />, title: t("emptyTitle"), text: t("hint") }}
    >
      <PanelOf panel={panel} items={people} write="people.write">
        {(person) =>
          person ? (
            <PersonPanel panel={panel} person={person} roles={roles.data ?? []} actions={actions} />
          ) : (
            <InvitePanel panel={panel} roles={roles.data ?? []} onLink={actions.showLink} />
          )
        }
      </PanelOf>
      {actions.dialogs}
    </SettingsPage>
  );
}
