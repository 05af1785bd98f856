"use client";

import { useQuery } from "@tanstack/react-query";
import { Ban, KeyRound, RotateCcw, Send, UserRoundPlus } from "lucide-react";
import { useTranslations } from "use-intl";
import type { ResourceTable } from "@/components/settings/kit/resource";
import { resourcePage } from "@/components/settings/kit/resource-page";
import { useIsWithin } from "@/components/settings/roles/role-choice";
import { useRoles } from "@/components/shell/roles";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Link } from "@/components/ui/link";
import { MenuItem, MenuSeparator } from "@/components/ui/menu";
import { Tag } from "@/components/ui/tag";
import { allPeopleQuery } from "@/lib/access/people/client/queries";
import type { User } from "@/lib/access/people/contract";
import { InviteForm } from "./invite-form";
import { RemovePerson, usePersonActions } from "./person-actions";
import { PersonDetails, PersonForm } from "./person-panel";
import { PersonStatus } from "./person-status";

function usePeopleTable(): ResourceTable<User> {
  const t = useTranslations("settings.people");
  const { workspace, can, href } = useWorkspace();
  const roles = useRoles({ enabled: can("settings.read") });
  const actions = usePersonActions();
  const isWithin = useIsWithin(roles.data);
  const nameOfRole = new Map(roles.data?.map(({ id, name }) => [id, name]));
  const rolesOf = (roleIds: readonly string[]) => roleIds.flatMap((id) => nameOfRole.get(id) ?? []).sort();
  return {
    items: useQuery(allPeopleQuery(workspace.id)),
    columns: [
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
    ],
    searched: ({ name, email, roleIds }) => [name, email, ...rolesOf(roleIds)].join(" "),
    note: ({ name, email }) => (email === name ? undefined : email),
    badge: ({ status }) =>
      status !== "active" && (
        <span className="inline-flex sm:hidden">
          <PersonStatus status={status} />
        </span>
      ),
    summary: ({ email, name, roleIds }) => (
      <span className="flex">
        <span className="shrink-0 whitespace-pre">
          {[...rolesOf(roleIds), ...(email === name ? [] : [""])].join(" · ")}
        </span>
        {email !== name && (
          <bdi dir="ltr" className="min-w-0 truncate">
            {email}
          </bdi>
        )}
      </span>
    ),
    menu: (person) =>
      isWithin(person.roleIds) && (
        <>
          {!person.agentId && can("agents.write") && (
            <MenuItem icon={<UserRoundPlus className="size-4" />} onAction={() => actions.makeAgent(person)}>
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
        </>
      ),
    isEditable: ({ roleIds }) => isWithin(roleIds),
    deleteLabel: ({ status }) => t(status === "invited" ? "withdrawEllipsis" : "removeEllipsis"),
    panelBadge: ({ status }) => <PersonStatus status={status} />,
  };
}

export const PeoplePage = resourcePage({
  name: "people",
  write: "people.write",
  useTable: usePeopleTable,
  Form: ({ item }) => (item ? <PersonForm person={item} /> : <InviteForm />),
  Details: PersonDetails,
  Delete: RemovePerson,
});
