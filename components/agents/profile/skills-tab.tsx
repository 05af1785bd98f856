"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { MenuTrigger } from "react-aria-components/Menu";
import { useTranslations } from "use-intl";
import { useFormatter } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { Option, Select } from "@/components/ui/select";
import { Tag } from "@/components/ui/tag";
import { TagPicker } from "@/components/ui/tag-picker";
import { allSkillsQuery } from "@/lib/workforce/skills/client/queries";
import type { Skill } from "@/lib/workforce/skills/contract";
import { allTeamsQuery } from "@/lib/workforce/teams/client/queries";
import { EditableField, Fact, FieldGroup } from "./editable-field";
import { useProfile } from "./profile-context";
import type { AssignedSkill } from "./profile-fields";
import { useFieldName } from "./use-field-words";

/** The skills, teams and other values that decide which conversations the agent receives. */
export function SkillsTab() {
  const t = useTranslations("profile");
  const name = useFieldName();
  return (
    <div className="flex max-w-2xl flex-col gap-8">
      <EditableField field="assignedSkills" readOnly={<SavedSkills />}>
        {({ label, value, onChange, error }) => (
          <FieldGroup title={label}>
            <SkillsEditor value={value} onChange={onChange} />
            {error && (
              <p role="alert" className="text-danger text-sm">
                {error}
              </p>
            )}
          </FieldGroup>
        )}
      </EditableField>
      <FieldGroup title={name("teamIds")}>
        <TeamsField help={t("help.teams")} />
      </FieldGroup>
    </div>
  );
}

function SavedSkills() {
  const t = useTranslations("profile");
  const { agent } = useProfile();
  return (
    <FieldGroup title={t("fields.assignedSkills")}>
      {agent.assignedSkills.length === 0 ? (
        <p className="text-muted">{t("facts.noSkills")}</p>
      ) : (
        agent.assignedSkills.map(({ id, name, selectedValues }) => (
          <Fact key={id} label={name}>
            <span className="flex flex-wrap gap-1">
              {selectedValues.length === 0
                ? t("skills.noValue")
                : selectedValues.map((each) => <Tag key={each.id}>{each.value}</Tag>)}
            </span>
          </Fact>
        ))
      )}
    </FieldGroup>
  );
}

function SkillsEditor({
  value,
  onChange,
}: {
  value: AssignedSkill[];
  onChange: (value: AssignedSkill[]) => void;
}) {
  const t = useTranslations("profile.skills");
  const { workspaceId } = useProfile();
  const { data: skills } = useQuery(allSkillsQuery(workspaceId));
  const rest = skills?.filter(({ id }) => !value.some((each) => each.id === id)) ?? [];
  const replace = (next: AssignedSkill) => onChange(value.map((each) => (each.id === next.id ? next : each)));
  return (
    <div className="flex flex-col gap-3">
      {value.length === 0 ? (
        <p className="text-muted">{t("noneYet")}</p>
      ) : (
        <ul className="divide-y divide-line rounded-lg border border-line">
          {value.map((assigned) => (
            <li
              key={assigned.id}
              className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 gap-y-2 px-3 py-2.5 sm:grid-cols-[minmax(0,1fr)_minmax(0,1.5fr)_auto]"
            >
              <span className="truncate font-medium">{assigned.name}</span>
              <div className="max-sm:order-last max-sm:col-span-2">
                <SkillValues
                  assigned={assigned}
                  skill={skills?.find(({ id }) => id === assigned.id)}
                  onChange={(selectedValues) => replace({ ...assigned, selectedValues })}
                />
              </div>
              <IconButton
                label={t("remove", { name: assigned.name })}
                onPress={() => onChange(value.filter(({ id }) => id !== assigned.id))}
              >
                <X aria-hidden="true" className="size-4" />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      {skills && rest.length === 0 && value.length === 0 && <p className="text-muted">{t("noneToAdd")}</p>}
      <MenuTrigger>
        <Button className="self-start" isDisabled={rest.length === 0}>
          <Plus aria-hidden="true" className="size-4" />
          {t("add")}
        </Button>
        <Menu
          aria-label={t("add")}
          items={rest}
          onAction={(key) => {
            const skill = rest.find(({ id }) => id === key);
            if (!skill) return;
            const { id, name, valueType } = skill;
            onChange([...value, { id, name, valueType, selectedValues: [] }]);
          }}
        >
          {({ id, name }) => <MenuItem id={id}>{name}</MenuItem>}
        </Menu>
      </MenuTrigger>
    </div>
  );
}

const noValue = "none";

function SkillValues({
  assigned,
  skill,
  onChange,
}: {
  assigned: AssignedSkill;
  skill: Skill | undefined;
  onChange: (values: AssignedSkill["selectedValues"]) => void;
}) {
  const t = useTranslations("profile.skills");
  const values = skill?.values ?? assigned.selectedValues;
  const chosen = assigned.selectedValues.map(({ id }) => id);
  const pick = (ids: readonly string[]) => onChange(values.filter(({ id }) => ids.includes(id)));
  if (values.length === 0) return <span className="text-muted text-sm">{t("noValues")}</span>;
  if (assigned.valueType === "single")
    return (
      <Select
        label={t("value", { name: assigned.name })}
        hideLabel
        value={chosen[0] ?? noValue}
        onChange={(id) => pick(id === noValue ? [] : [String(id)])}
      >
        <Option id={noValue}>{t("noValue")}</Option>
        {values.map(({ id, value }) => (
          <Option key={id} id={id}>
            {value}
          </Option>
        ))}
      </Select>
    );
  return (
    <TagPicker
      label={t("values", { name: assigned.name })}
      hideLabel
      placeholder={t("noValue")}
      items={values.map(({ id, value }) => ({ id, name: value }))}
      value={chosen}
      onChange={pick}
    />
  );
}

function TeamsField({ help }: { help: string }) {
  const t = useTranslations("profile");
  const format = useFormatter();
  const { agent } = useProfile();
  const { workspace, can } = useWorkspace();
  const { data: teams, isPending } = useQuery({
    ...allTeamsQuery(workspace.id),
    enabled: can("settings.write"),
  });
  return (
    <EditableField
      field="teamIds"
      readOnly={
        agent.teams.length === 0 ? (
          <p className="text-muted">{t("facts.noTeams")}</p>
        ) : (
          <ul className="divide-y divide-line rounded-lg border border-line">
            {agent.teams.map(({ id, name, memberSince }) => (
              <li key={id} className="flex flex-wrap justify-between gap-x-4 px-3 py-2">
                <span className="font-medium">{name}</span>
                <span className="text-muted text-sm">
                  {t("facts.teamSince", {
                    date: format.dateTime(new Date(memberSince), { dateStyle: "medium" }),
                  })}
                </span>
              </li>
            ))}
          </ul>
        )
      }
    >
      {({ label, value, onChange, onBlur, error }) => (
        <TagPicker
          label={label}
          hideLabel
          help={help}
          placeholder={t("facts.noTeams")}
          items={(teams ?? []).map(({ id, name, activeMemberCount }) => ({
            id,
            name,
            hint: t("facts.members", { count: activeMemberCount }),
          }))}
          chosen={agent.teams}
          isLoading={isPending}
          value={value}
          onChange={onChange}
          onBlur={onBlur}
          error={error}
        />
      )}
    </EditableField>
  );
}
