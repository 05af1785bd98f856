"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useQuery } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { Controller, useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { changed, reverse } from "@/components/settings/kit/changes";
import { Detail, Details } from "@/components/settings/kit/details";
import { FormTextField, useFieldErrorText } from "@/components/settings/kit/form-text-field";
import { useNotes } from "@/components/settings/kit/notes";
import { Panel, PanelBody } from "@/components/settings/kit/panel";
import { PanelForm } from "@/components/settings/kit/panel-form";
import type { PanelState } from "@/components/settings/kit/panel-state";
import { useBase } from "@/components/settings/kit/use-base";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { Radio, RadioGroup } from "@/components/ui/radio-group";
import { Tag } from "@/components/ui/tag";
import { skillUsageQuery, useChangeSkill, useCreateSkill } from "@/lib/workforce/skills/client/queries";
import type { Skill } from "@/lib/workforce/skills/contract";
import { type ParsedSkillForm, type SkillFormValues, skillFormSchema } from "./skill-form";
import { SkillValues } from "./skill-values";

interface Props {
  panel: PanelState;
  /** Omit to create a skill. */
  skill: Skill | undefined;
  onDelete: (skill: Skill) => void;
}

/** Creates, edits or shows a skill and its values. */
export function SkillPanel({ panel, skill, onDelete }: Props) {
  const t = useTranslations("settings.skills");
  const { can } = useWorkspace();
  return (
    <Panel panel={panel} title={skill?.name ?? t("new")}>
      {can("settings.write") ? (
        <SkillForm panel={panel} skill={skill} onDelete={onDelete} />
      ) : (
        skill && <SkillDetails skill={skill} />
      )}
    </Panel>
  );
}

function SkillDetails({ skill }: { skill: Skill }) {
  const t = useTranslations("settings.skills");
  const common = useTranslations("settings.common");
  return (
    <PanelBody>
      <Details>
        {skill.description && <Detail label={common("description")}>{skill.description}</Detail>}
        <Detail label={t("valueType")}>{t(`valueTypes.${skill.valueType}`)}</Detail>
        <Detail label={t("values")}>
          {skill.values.length === 0 ? (
            <span className="text-muted">{t("noValues")}</span>
          ) : (
            <ul className="flex flex-wrap gap-1">
              {skill.values.map(({ id, value, icon }) => (
                <li key={id}>
                  <Tag>{icon ? `${icon} ${value}` : value}</Tag>
                </li>
              ))}
            </ul>
          )}
        </Detail>
      </Details>
    </PanelBody>
  );
}

function SkillForm({ panel, skill, onDelete }: Props) {
  const t = useTranslations("settings.skills");
  const ui = useTranslations("ui");
  const common = useTranslations("settings.common");
  const { workspace } = useWorkspace();
  const create = useCreateSkill(workspace.id);
  const against = useBase(skill);
  const change = useChangeSkill(workspace.id);
  const notes = useNotes();
  const errorText = useFieldErrorText();
  const usage = useQuery({
    ...skillUsageQuery(workspace.id, skill?.id ?? ""),
    enabled: skill !== undefined,
    gcTime: 0,
  });
  const form = useForm<SkillFormValues, unknown, ParsedSkillForm>({
    resolver: zodResolver(skillFormSchema),
    defaultValues: {
      name: skill?.name ?? "",
      description: skill?.description ?? "",
      valueType: skill?.valueType ?? "multiple",
      values: skill?.values.map(({ id, value, icon }) => ({ valueId: id, value, icon: icon ?? "" })) ?? [],
    },
  });
  const { control, formState } = form;
  const { dirtyFields } = formState;

  async function save({ description = "", values, ...rest }: ParsedSkillForm) {
    if (!skill) {
      await create.mutateAsync({
        ...rest,
        ...(description && { description }),
        values: values.map(({ value, icon }) => ({ value, ...(icon ? { icon } : {}) })),
      });
      notes.created(rest.name);
    } else {
      const whole = values.map(({ valueId, value, icon }) => ({
        ...(valueId ? { id: valueId } : {}),
        value,
        ...(icon ? { icon } : {}),
      }));
      const difference = {
        ...changed({ ...rest, description: description || null }, dirtyFields),
        ...(JSON.stringify(whole) === JSON.stringify(skill.values) ? {} : { values: whole }),
      };
      if (Object.keys(difference).length > 0) {
        const after = await against((base) => change.mutateAsync({ id: skill.id, change: difference, base }));
        // No undo if values were removed: restoring them would not give them back to the agents.
        const kept = new Set(whole.map(({ id }) => id));
        const isHarmless = skill.values.every(({ id }) => kept.has(id));
        const back = reverse(skill, difference);
        notes.saved(
          rest.name,
          isHarmless ? () => change.mutateAsync({ id: skill.id, change: back, base: after }) : undefined,
        );
      }
    }
    panel.leave();
  }

  return (
    <PanelForm
      form={form}
      panel={panel}
      names={["name", "description", "valueType", "values"]}
      conflicts={{ SkillAlreadyExists: { field: "name", message: t("nameTaken") } }}
      complaints={{ valueType: t("manyHeld") }}
      submitLabel={skill ? ui("save") : t("create")}
      onSubmit={save}
      start={
        skill && (
          <Button look="quiet" onPress={() => onDelete(skill)}>
            <Trash2 aria-hidden="true" className="size-4" />
            {common("deleteEllipsis")}
          </Button>
        )
      }
    >
      <FormTextField
        control={control}
        name="name"
        label={common("name")}
        help={t("nameHelp")}
        autoFocus={!skill}
      />
      <FormTextField
        control={control}
        name="description"
        label={common("description")}
        help={common("optional")}
        lines={2}
      />
      <Controller
        control={control}
        name="valueType"
        render={({ field, fieldState: { error } }) => (
          <RadioGroup
            label={t("valueType")}
            value={field.value ?? "multiple"}
            onChange={field.onChange}
            error={errorText(error)}
          >
            <Radio value="multiple" help={t("multipleHelp")}>
              {t("valueTypes.multiple")}
            </Radio>
            <Radio value="single" help={t("singleHelp")}>
              {t("valueTypes.single")}
            </Radio>
          </RadioGroup>
        )}
      />
      <SkillValues control={control} before={skill?.values ?? []} usage={usage.data} />
    </PanelForm>
  );
}
