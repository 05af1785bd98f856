"use client";

import { useQuery } from "@tanstack/react-query";
import { List, Pencil, Trash2, UsersRound } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { agentListPath } from "@/components/agents/list/list-address";
import { CountLink } from "@/components/settings/kit/count-link";
import { DeleteDialog } from "@/components/settings/kit/delete-dialog";
import { useNotes } from "@/components/settings/kit/notes";
import { usePanelState } from "@/components/settings/kit/panel-state";
import { PanelOf } from "@/components/settings/kit/panel-target";
import { SettingsPage } from "@/components/settings/kit/settings-page";
import { useFormatter } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { MenuItem } from "@/components/ui/menu";
import { Tag } from "@/components/ui/tag";
import { allTeamsQuery, teamUsageQuery, useDeleteTeam } from "@/lib/workforce/teams/client/queries";
import type { Team } from "@/lib/workforce/teams/contract";
import { TeamPanel } from "./team-panel";

export function TeamsPage() {
  const t = useTranslations("settings.teams");
  const common = useTranslations("settings.common");
  const shell = useTranslations("shell.settings");
  const { workspace, can, href } = useWorkspace();
  const format = useFormatter();
  const panel = usePanelState();
  const teams = useQuery({ ...allTeamsQuery(workspace.id), enabled: can("settings.read") });
  const [doomed, setDoomed] = useState<Team>();
  const agentsOf = (team: Team) => href(agentListPath({ teams: [team.id] }));

  return (
    <SettingsPage
      title={shell("teams")}
      hint={t("hint")}
      access={{ read: "settings.read", write: "settings.write" }}
      items={teams}
      panel={panel}
      newLabel={t("new")}
      columns={[
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
      ]}
      searched={(team) => `${team.name} ${team.description ?? ""}`}
      badge={(team) => team.visibility === "private" && <Tag>{t("visibilities.private")}</Tag>}
      note={(team) => team.description}
      summary={(team) => t("summary", { active: team.activeMemberCount, pending: team.pendingMemberCount })}
      actions={(team) => (
        <>
          <MenuItem icon={<Pencil className="size-4" />} onAction={() => panel.open(team.id)}>
            {common("edit")}
          </MenuItem>
          {can("agents.read") && (
            <MenuItem icon={<List className="size-4" />} href={agentsOf(team)}>
              {t("showAgents")}
            </MenuItem>
          )}
          <MenuItem danger icon={<Trash2 className="size-4" />} onAction={() => setDoomed(team)}>
            {common("deleteEllipsis")}
          </MenuItem>
        </>
      )}
      count={(count) => t("count", { count })}
      searchLabel={t("search")}
      empty={{ icon: <UsersRound className="size-5" />, title: t("emptyTitle"), text: t("emptyText") }}
    >
      <PanelOf panel={panel} items={teams}>
        {(team) => <TeamPanel panel={panel} team={team} onDelete={setDoomed} />}
      </PanelOf>
      {doomed && <DeleteTeam team={doomed} onClose={() => setDoomed(undefined)} onDeleted={panel.leave} />}
    </SettingsPage>
  );
}

function DeleteTeam({
  team,
  onClose,
  onDeleted,
}: {
  team: Team;
  onClose: () => void;
  onDeleted: () => void;
}) {
  const t = useTranslations("settings.teams");
  const common = useTranslations("settings.common");
  const { workspace } = useWorkspace();
  const remove = useDeleteTeam(workspace.id);
  const notes = useNotes();
  return (
    <DeleteDialog
      title={common("deleteTitle", { name: team.name })}
      action={t("delete")}
      usage={teamUsageQuery(workspace.id, team.id)}
      describe={({ agents }) => <p>{t("usage", { agents })}</p>}
      onClose={onClose}
      onConfirm={async () => {
        await remove.mutateAsync(team.id);
        onDeleted();
        notes.deleted(team.name);
      }}
    />
  );
}
