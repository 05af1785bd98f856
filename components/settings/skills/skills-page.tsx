"use client";

import { useQuery } from "@tanstack/react-query";
import { List, Pencil, Shapes, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { agentListPath } from "@/components/agents/list/list-address";
import { DeleteDialog } from "@/components/settings/kit/delete-dialog";
import { useNotes } from "@/components/settings/kit/notes";
import { usePanelState } from "@/components/settings/kit/panel-state";
import { PanelOf } from "@/components/settings/kit/panel-target";
import { SettingsPage } from "@/components/settings/kit/settings-page";
import { useWorkspace } from "@/components/shell/workspace-context";
import { MenuItem } from "@/components/ui/menu";
import { Tag } from "@/components/ui/tag";
import { useJoined } from "@/components/ui/use-joined";
import { allSkillsQuery, skillUsageQuery, useDeleteSkill } from "@/lib/workforce/skills/client/queries";
import type { Skill } from "@/lib/workforce/skills/contract";
import { SkillPanel } from "./skill-panel";

/** Number of values shown in a row; the rest are counted. */
const namedValues = 4;

export function SkillsPage() {
  const t = useTranslations("settings.skills");
  const joined = useJoined();
  const common = useTranslations("settings.common");
  const shell = useTranslations("shell.settings");
  const { workspace, can, href } = useWorkspace();
  const panel = usePanelState();
  const skills = useQuery({ ...allSkillsQuery(workspace.id), enabled: can("settings.read") });
  const [doomed, setDoomed] = useState<Skill>();

  return (
    <SettingsPage
      title={shell("skills")}
      hint={t("hint")}
      access={{ read: "settings.read", write: "settings.write" }}
      items={skills}
      panel={panel}
      newLabel={t("new")}
      columns={[
        {
          key: "values",
          title: t("values"),
          from: "md",
          cell: ({ values }) => (
            <span className="flex items-center gap-1">
              {values.slice(0, namedValues).map(({ id, value, icon }) => (
                <Tag key={id}>{icon ? `${icon} ${value}` : value}</Tag>
              ))}
              {values.length > namedValues && (
                <span className="text-muted text-sm tabular-nums">
                  {t("moreValues", { count: values.length - namedValues })}
                </span>
              )}
              {values.length === 0 && <span className="text-muted">{t("noValues")}</span>}
            </span>
          ),
        },
        {
          key: "valueType",
          title: t("valueType"),
          from: "lg",
          cell: (skill) => <span className="text-muted">{t(`valueTypes.${skill.valueType}`)}</span>,
        },
      ]}
      searched={({ name, description, values }) =>
        [name, description, ...values.map(({ value }) => value)].join(" ")
      }
      note={(skill) => skill.description}
      summary={({ values }) => joined(values.map(({ value }) => value)) || t("noValues")}
      actions={(skill) => (
        <>
          <MenuItem icon={<Pencil className="size-4" />} onAction={() => panel.open(skill.id)}>
            {common("edit")}
          </MenuItem>
          {can("agents.read") && (
            <MenuItem icon={<List className="size-4" />} href={href(agentListPath({ skills: [skill.id] }))}>
              {t("showAgents")}
            </MenuItem>
          )}
          <MenuItem danger icon={<Trash2 className="size-4" />} onAction={() => setDoomed(skill)}>
            {common("deleteEllipsis")}
          </MenuItem>
        </>
      )}
      count={(count) => t("count", { count })}
      searchLabel={t("search")}
      empty={{ icon: <Shapes className="size-5" />, title: t("emptyTitle"), text: t("emptyText") }}
    >
      <PanelOf panel={panel} items={skills}>
        {(skill) => <SkillPanel panel={panel} skill={skill} onDelete={setDoomed} />}
      </PanelOf>
      {doomed && <DeleteSkill skill={doomed} onClose={() => setDoomed(undefined)} onDeleted={panel.leave} />}
    </SettingsPage>
  );
}

function DeleteSkill({
  skill,
  onClose,
  onDeleted,
}: {
  skill: Skill;
  onClose: () => void;
  onDeleted: () => void;
}) {
  const t = useTranslations("settings.skills");
  const common = useTranslations("settings.common");
  const { workspace } = useWorkspace();
  const remove = useDeleteSkill(workspace.id);
  const notes = useNotes();
  return (
    <DeleteDialog
      title={common("deleteTitle", { name: skill.name })}
      action={t("delete")}
      usage={skillUsageQuery(workspace.id, skill.id)}
      describe={({ agents }) => <p>{t("usage", { agents, values: skill.values.length })}</p>}
      onClose={onClose}
      onConfirm={async () => {
        await remove.mutateAsync(skill.id);
        onDeleted();
        notes.deleted(skill.name);
      }}
    />
  );
}
