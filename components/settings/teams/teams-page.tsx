"use client";

import { useQuery } from "@tanstack/react-query";
import { List } from "lucide-react";
import { useTranslations } from "use-intl";
import { agentListPath } from "@/components/agents/list/list-address";
import { CountLink } from "@/components/settings/kit/count-link";
import { DeleteDialog } from "@/components/settings/kit/delete-dialog";
import type { ResourceTable } from "@/components/settings/kit/resource";
import { resourcePage } from "@/components/settings/kit/resource-page";
import { useFormatter } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { MenuItem } from "@/components/ui/menu";
import { Tag } from "@/components/ui/tag";
import { allTeamsQuery, teamUsageQuery, useDeleteTeam } from "@/lib/workforce/teams/client/queries";
import type { Team } from "@/lib/workforce/teams/contract";
import { TeamDetails, TeamForm } from "./team-panel";

function useTeamTable(): ResourceTable<Team> {
  const t = useTranslations("settings.teams");
  const { workspace, can, href } = useWorkspace();
  const format = useFormatter();
  const agentsOf = (team: Team) => href(agentListPath({ teams: [team.id] }));
  return {
    items: useQuery(allTeamsQuery(workspace.id)),
    columns: [
      {
        key: "active",
        title: t("active"),
        align: "end",
        cell: (team) => (
          <CountLink
            count={team.activeMemberCount}
            href={can("agents.read") ? agentsOf(team) : undefined}
            label={t("agentsOf", { name: team.name, count: team.activeMemberCount })}
          />
        ),
      },
      {
        key: "pending",
        title: t("pending"),
        align: "end",
        from: "md",
        cell: (team) => (
          <span className="text-muted">
            {team.pendingMemberCount ? format.number(team.pendingMemberCount) : "–"}
          </span>
        ),
      },
    ],
    searched: (team) => `${team.name} ${team.description ?? ""}`,
    badge: (team) => team.visibility === "private" && <Tag>{t("visibilities.private")}</Tag>,
    note: (team) => team.description,
    summary: (team) => t("summary", { active: team.activeMemberCount, pending: team.pendingMemberCount }),
    menu: (team) =>
      can("agents.read") && (
        <MenuItem icon={<List className="size-4" />} href={agentsOf(team)}>
          {t("showAgents")}
        </MenuItem>
      ),
  };
}

function DeleteTeam({ item: team }: { item: Team }) {
  const t = useTranslations("settings.teams");
  const { workspace } = useWorkspace();
  return (
    <DeleteDialog
      item={team}
      action={t("delete")}
      usage={teamUsageQuery(workspace.id, team.id)}
      remove={useDeleteTeam(workspace.id)}
    >
      {({ agents, queues, waiting, needs }) => (
        <>
          <p>{t("usage", { agents })}</p>
          {queues > 0 && <p>{t("usageQueues", { queues, waiting })}</p>}
          {needs > 0 && <p>{t("usageNeeds", { needs })}</p>}
        </>
      )}
    </DeleteDialog>
  );
}

export const TeamsPage = resourcePage({
  name: "teams",
  useTable: useTeamTable,
  Form: TeamForm,
  Details: TeamDetails,
  Delete: DeleteTeam,
});
