"use client";

import { useQuery } from "@tanstack/react-query";
import { Controller } from "react-hook-form";
import { useTranslations } from "use-intl";
import { Detail, Details } from "@/components/settings/kit/details";
import { FormTextField, useFieldErrorText } from "@/components/settings/kit/form-text-field";
import { PanelBody } from "@/components/settings/kit/panel";
import { PanelForm } from "@/components/settings/kit/panel-form";
import { useResourceForm } from "@/components/settings/kit/use-resource-form";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Radio, RadioGroup } from "@/components/ui/radio-group";
import { Tag } from "@/components/ui/tag";
import { skillUsageQuery, useChangeSkill, useCreateSkill } from "@/lib/workforce/skills/client/queries";
import type { Skill } from "@/lib/workforce/skills/contract";
import { skillFormSchema } from "./skill-form";
import { SkillValues } from "./skill-values";

export function SkillDetails({ item: skill }: { item: Skill }) {
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

export function SkillForm({ item: skill }: { item: Skill | undefined }) {
  const t = useTranslations("settings.skills");
  const common = useTranslations("settings.common");
  const { workspace } = useWorkspace();
  const errorText = useFieldErrorText();
  const usage = useQuery({
    ...skillUsageQuery(workspace.id, skill?.id ?? ""),
    enabled: skill !== undefined,
    gcTime: 0,
  });
  const resource = useResourceForm({
    item: skill,
    schema: skillFormSchema,
    defaults: {
      name: skill?.name ?? "",
      description: skill?.description ?? "",
      valueType: skill?.valueType ?? "multiple",
      values: skill?.values.map(({ id, value, icon }) => ({ valueId: id, value, icon: icon ?? "" })) ?? [],
    },
    create: useCreateSkill(workspace.id),
    change: useChangeSkill(workspace.id),
    // Restoring removed values would not give them back to the agents.
    isUndoable: ({ values }) =>
      !values || skill?.values.every(({ id }) => values.some((each) => each.id === id)) === true,
  });
  const { control } = resource.form;

  return (
    <PanelForm
      {...resource}
      conflicts={{ SkillAlreadyExists: { field: "name", message: t("nameTaken") } }}
      complaints={{ valueType: t("manyHeld") }}
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
