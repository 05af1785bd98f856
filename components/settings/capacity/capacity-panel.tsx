"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { Trash2 } from "lucide-react";
import { useMemo } from "react";
import { Controller, useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import type { z } from "zod";
import { AgentFaces, AgentPicker } from "@/components/settings/kit/agent-picker";
import { changed, reverse } from "@/components/settings/kit/changes";
import { Detail, Details } from "@/components/settings/kit/details";
import { FormTextField, useFieldErrorText } from "@/components/settings/kit/form-text-field";
import { useNotes } from "@/components/settings/kit/notes";
import { Panel, PanelBody } from "@/components/settings/kit/panel";
import { PanelForm } from "@/components/settings/kit/panel-form";
import type { PanelState } from "@/components/settings/kit/panel-state";
import { useBase } from "@/components/settings/kit/use-base";
import { useFormatter } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { NumberField } from "@/components/ui/number-field";
import { Switch } from "@/components/ui/switch";
import { useChangeCapacityRule, useCreateCapacityRule } from "@/lib/workforce/capacity/client/queries";
import { type CapacityRule, capacityRuleDraftSchema } from "@/lib/workforce/capacity/contract";

type Values = z.input<typeof capacityRuleDraftSchema>;
type Parsed = z.output<typeof capacityRuleDraftSchema>;

interface Props {
  panel: PanelState;
  /** Omit to create a rule. */
  rule: CapacityRule | undefined;
  rules: readonly CapacityRule[];
  /** How many agents the rule applies to; undefined while unknown. */
  bound: number | undefined;
  onDelete: (rule: CapacityRule) => void;
}

/** Creates, edits or shows a capacity rule. */
export function CapacityPanel(props: Props) {
  const t = useTranslations("settings.capacity");
  const { can } = useWorkspace();
  const { panel, rule } = props;
  return (
    <Panel panel={panel} title={rule?.name ?? t("new")}>
      {can("settings.write") ? (
        <CapacityForm {...props} />
      ) : (
        rule && <CapacityDetails rule={rule} bound={props.bound} />
      )}
    </Panel>
  );
}

function CapacityDetails({ rule, bound }: { rule: CapacityRule; bound: number | undefined }) {
  const t = useTranslations("settings.capacity");
  const common = useTranslations("settings.common");
  const format = useFormatter();
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

function CapacityForm({ panel, rule, rules, bound, onDelete }: Props) {
  const t = useTranslations("settings.capacity");
  const ui = useTranslations("ui");
  const common = useTranslations("settings.common");
  const { workspace, can } = useWorkspace();
  const create = useCreateCapacityRule(workspace.id);
  const against = useBase(rule);
  const change = useChangeCapacityRule(workspace.id);
  const notes = useNotes();
  const errorText = useFieldErrorText();
  // Fixed when the panel opens, because the list is refetched meanwhile.
  const initial = useMemo(() => rule?.assignedAgentIds ?? [], [rule]);
  const otherDefault = rules.find((each) => each.default && each.id !== rule?.id);
  const elsewhere = useMemo(
    () =>
      new Map(
        rules
          .filter(({ id }) => id !== rule?.id)
          .flatMap(({ name, assignedAgentIds }) => assignedAgentIds.map((id) => [id, name] as const)),
      ),
    [rules, rule?.id],
  );
  const form = useForm<Values, unknown, Parsed>({
    resolver: zodResolver(capacityRuleDraftSchema),
    defaultValues: {
      name: rule?.name ?? "",
      description: rule?.description ?? "",
      default: rule?.default ?? false,
      capacity: rule?.capacity ?? { messaging: 4, email: 8 },
      agents: initial,
    },
  });
  const { control, formState } = form;
  const { dirtyFields } = formState;

  async function save(values: Parsed) {
    if (!rule) {
      await create.mutateAsync(values);
      notes.created(values.name);
    } else {
      const difference = changed(values, dirtyFields);
      if (Object.keys(difference).length > 0) {
        const after = await against((base) => change.mutateAsync({ id: rule.id, change: difference, base }));
        // No undo if agents moved here from other rules: the undo would not move them back.
        const isHarmless = !difference.agents?.some((id) => elsewhere.has(id));
        const back = reverse({ ...rule, agents: initial }, difference);
        notes.saved(
          values.name,
          isHarmless ? () => change.mutateAsync({ id: rule.id, change: back, base: after }) : undefined,
        );
      }
    }
    panel.leave();
  }

  return (
    <PanelForm
      form={form}
      panel={panel}
      names={["name", "description", "default", "capacity", "agents"]}
      conflicts={{
        DefaultCapacityRuleAlreadyExists: {
          field: "default",
          message: otherDefault ? t("defaultIs", { name: otherDefault.name }) : t("defaultTaken"),
        },
      }}
      submitLabel={rule ? ui("save") : t("create")}
      onSubmit={save}
      start={
        rule && (
          <Button look="quiet" onPress={() => onDelete(rule)}>
            <Trash2 aria-hidden="true" className="size-4" />
            {common("deleteEllipsis")}
          </Button>
        )
      }
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
            <Controller
              key={channel}
              control={control}
              name={`capacity.${channel}`}
              render={({ field, fieldState }) => (
                <NumberField
                  label={t(channel)}
                  minValue={0}
                  maxValue={1_000_000}
                  value={Number.isNaN(field.value) ? null : field.value}
                  onChange={(value) => field.onChange(value ?? Number.NaN)}
                  onBlur={field.onBlur}
                  error={errorText(fieldState.error)}
                />
              )}
            />
          ))}
        </div>
        <p className="text-muted text-sm">{t("capacityHelp")}</p>
      </fieldset>
      <Controller
        control={control}
        name="default"
        render={({ field, fieldState: { error } }) => (
          <div className="space-y-1">
            <Switch
              isSelected={field.value ?? false}
              onChange={field.onChange}
              isDisabled={otherDefault !== undefined && !field.value}
            >
              {t("default")}
            </Switch>
            <p className="text-muted text-sm">
              {otherDefault
                ? t("defaultIs", { name: otherDefault.name })
                : rule?.default && field.value && bound !== undefined
                  ? t("defaultBinds", { agents: bound })
                  : t("defaultHelp")}
            </p>
            {rule?.default && field.value === false && (
              <Callout look="warning" role="status">
                {t("defaultFreed")}
              </Callout>
            )}
            {error && (
              <p role="alert" className="text-danger text-sm">
                {errorText(error)}
              </p>
            )}
          </div>
        )}
      />
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
