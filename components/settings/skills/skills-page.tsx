"use client";

import { useQuery } from "@tanstack/react-query";
import { List } from "lucide-react";
import { useTranslations } from "use-intl";
import { agentListPath } from "@/components/agents/list/list-address";
import { DeleteDialog } from "@/components/settings/kit/delete-dialog";
import type { ResourceTable } from "@/components/settings/kit/resource";
import { resourcePage } from "@/components/settings/kit/resource-page";
import { useWorkspace } from "@/components/shell/workspace-context";
import { MenuItem } from "@/components/ui/menu";
import { Tag } from "@/components/ui/tag";
import { useJoined } from "@/components/ui/use-joined";
import { allSkillsQuery, skillUsageQuery, useDeleteSkill } from "@/lib/workforce/skills/client/queries";
import type { Skill } from "@/lib/workforce/skills/contract";
import { SkillDetails, SkillForm } from "./skill-panel";

/** Number of values shown in a row; the rest are counted. */
const namedValues = 4;

function useSkillTable(): ResourceTable<Skill> {
  const t = useTranslations("settings.skills");
  const joined = useJoined();
  const { workspace, can, href } = useWorkspace();
  return {
    items: useQuery(allSkillsQuery(workspace.id)),
    columns: [
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
    ],
    searched: ({ name, description, values }) =>
      [name, description, ...values.map(({ value }) => value)].join(" "),
    note: (skill) => skill.description,
    summary: ({ values }) => joined(values.map(({ value }) => value)) || t("noValues"),
    menu: (skill) =>
      can("agents.read") && (
        <MenuItem icon={<List className="size-4" />} href={href(agentListPath({ skills: [skill.id] }))}>
          {t("showAgents")}
        </MenuItem>
      ),
  };
}

function DeleteSkill({ item: skill }: { item: Skill }) {
  const t = useTranslations("settings.skills");
  const { workspace } = useWorkspace();
  return (
    <DeleteDialog
      item={skill}
      action={t("delete")}
      usage={skillUsageQuery(workspace.id, skill.id)}
      remove={useDeleteSkill(workspace.id)}
    >
      {({ agents, waiting, needs }) => (
        <>
          <p>{t("usage", { agents, values: skill.values.length })}</p>
          {waiting > 0 && <p>{t("usageWaiting", { waiting })}</p>}
          {needs > 0 && <p>{t("usageNeeds", { needs })}</p>}
        </>
      )}
    </DeleteDialog>
  );
}

export const SkillsPage = resourcePage({
  name: "skills",
  useTable: useSkillTable,
  Form: SkillForm,
  Details: SkillDetails,
  Delete: DeleteSkill,
});
