"use client";

import { useMemo } from "react";
import { Controller } from "react-hook-form";
import { useTranslations } from "use-intl";
import { AgentFaces, AgentPicker } from "@/components/settings/kit/agent-picker";
import { Detail, Details } from "@/components/settings/kit/details";
import { FormDefault } from "@/components/settings/kit/form-default";
import { FormNumber } from "@/components/settings/kit/form-number";
import { FormTextField, useFieldErrorText } from "@/components/settings/kit/form-text-field";
import { PanelBody } from "@/components/settings/kit/panel";
import { PanelForm } from "@/components/settings/kit/panel-form";
import { useResourceForm } from "@/components/settings/kit/use-resource-form";
import { useFormatter } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Callout } from "@/components/ui/callout";
import { NumberField } from "@/components/ui/number-field";
import { useChangeCapacityRule, useCreateCapacityRule } from "@/lib/workforce/capacity/client/queries";
import { type CapacityRule, capacityRuleDraftSchema } from "@/lib/workforce/capacity/contract";
import { useCapacityRules } from "./use-capacity-rules";

export function CapacityDetails({ item: rule }: { item: CapacityRule }) {
  const t = useTranslations("settings.capacity");
  const common = useTranslations("settings.common");
  const format = useFormatter();
  const bound = useCapacityRules().bound(rule);
  return (
    <PanelBody>
      <Details>
        <Detail label={common("description")}>{rule.description}</Detail>
        {rule.default && (
          <Detail label={t("default")}>
            {bound === undefined ? t("defaultHelp") : t("defaultBinds", { agents: bound })}
          </Detail>
        )}
        <Detail label={t("messaging")}>{format.number(rule.capacity.messaging)}</Detail>
        <Detail label={t("email")}>{format.number(rule.capacity.email)}</Detail>
        <Detail label={t("agents")}>
          <AgentFaces ids={rule.assignedAgentIds} />
        </Detail>
      </Details>
    </PanelBody>
  );
}

export function CapacityForm({ item: rule }: { item: CapacityRule | undefined }) {
  const t = useTranslations("settings.capacity");
  const common = useTranslations("settings.common");
  const { workspace, can } = useWorkspace();
  const errorText = useFieldErrorText();
  const { rules, bound: agentsOf } = useCapacityRules();
  const bound = rule && agentsOf(rule);
  // Fixed when the panel opens, because the list may be refetched.
  const initial = useMemo(() => rule?.assignedAgentIds ?? [], [rule]);
  const others = rules.data?.filter(({ id }) => id !== rule?.id) ?? [];
  const otherDefault = others.find((each) => each.default);
  const elsewhere = new Map(
    others.flatMap(({ name, assignedAgentIds }) => assignedAgentIds.map((id) => [id, name] as const)),
  );
  const resource = useResourceForm({
    item: rule,
    schema: capacityRuleDraftSchema,
    defaults: {
      name: rule?.name ?? "",
      description: rule?.description ?? "",
      default: rule?.default ?? false,
      capacity: rule?.capacity ?? { messaging: 4, email: 8 },
      agents: initial,
    },
    create: useCreateCapacityRule(workspace.id),
    change: useChangeCapacityRule(workspace.id),
    // An undo would not move agents back to their other rules.
    isUndoable: ({ agents }) => !agents?.some((id) => elsewhere.has(id)),
  });
  const { control, watch } = resource.form;
  const isDefault = watch("default");

  return (
    <PanelForm
      {...resource}
      conflicts={{
        DefaultCapacityRuleAlreadyExists: {
          field: "default",
          message: otherDefault ? t("defaultIs", { name: otherDefault.name }) : t("defaultTaken"),
        },
      }}
    >
      <FormTextField control={control} name="name" label={common("name")} autoFocus={!rule} />
      <FormTextField
        control={control}
        name="description"
        label={common("description")}
        help={t("descriptionHelp")}
        lines={2}
      />
      <fieldset className="space-y-1.5">
        <legend className="sr-only">{t("capacity")}</legend>
        <div className="grid gap-4 sm:grid-cols-2">
          {(["messaging", "email"] as const).map((channel) => (
            <FormNumber key={channel} control={control} name={`capacity.${channel}`}>
              {(field) => <NumberField label={t(channel)} minValue={0} maxValue={1_000_000} {...field} />}
            </FormNumber>
          ))}
        </div>
        <p className="text-muted text-sm">{t("capacityHelp")}</p>
      </fieldset>
      <FormDefault
        control={control}
        name="default"
        label={t("default")}
        help={
          otherDefault
            ? t("defaultIs", { name: otherDefault.name })
            : rule?.default && isDefault && bound !== undefined
              ? t("defaultBinds", { agents: bound })
              : t("defaultHelp")
        }
        isTaken={otherDefault !== undefined}
      >
        {rule?.default && isDefault === false && (
          <Callout look="warning" role="status">
            {t("defaultFreed")}
          </Callout>
        )}
      </FormDefault>
      {can("agents.read") && (
        <Controller
          control={control}
          name="agents"
          render={({ field, fieldState }) => {
            const moving = (field.value ?? []).filter((id) => elsewhere.has(id)).length;
            return (
              <div className="space-y-2">
                <AgentPicker
                  label={t("agents")}
                  help={t(rule?.default ? "agentsHelpOfDefault" : "agentsHelp")}
                  value={field.value ?? []}
                  initial={initial}
                  onChange={field.onChange}
                  hint={(id) => {
                    const name = elsewhere.get(id);
                    return name && t("ruleOf", { name });
                  }}
                  error={errorText(fieldState.error)}
                />
                {moving > 0 && (
                  <Callout look="warning" role="status">
                    {t("moving", { agents: moving })}
                  </Callout>
                )}
              </div>
            );
          }}
        />
      )}
    </PanelForm>
  );
}
