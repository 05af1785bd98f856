"use client";

import { useQuery } from "@tanstack/react-query";
import { Controller } from "react-hook-form";
import { useTranslations } from "use-intl";
import { useDurationText } from "@/components/availability/duration-text";
import { Detail, Details } from "@/components/settings/kit/details";
import { FormDefault } from "@/components/settings/kit/form-default";
import { FormNumber } from "@/components/settings/kit/form-number";
import { FormTextField, useFieldErrorText } from "@/components/settings/kit/form-text-field";
import { PanelBody } from "@/components/settings/kit/panel";
import { PanelForm } from "@/components/settings/kit/panel-form";
import { useResourceForm } from "@/components/settings/kit/use-resource-form";
import { useFormatter } from "@/components/shell/time";
import { useList } from "@/components/shell/use-list";
import { useWorkspace } from "@/components/shell/workspace-context";
import { NumberField } from "@/components/ui/number-field";
import { Radio, RadioGroup } from "@/components/ui/radio-group";
import { allQueuesQuery, useChangeQueue, useCreateQueue } from "@/lib/routing/queues/client/queries";
import type { Queue } from "@/lib/routing/queues/contract";
import { offerModes, secondsLimits, strategies } from "@/lib/routing/queues/values";
import { allTeamsQuery } from "@/lib/workforce/teams/client/queries";
import { DurationField } from "./duration-field";
import { fieldsOf, queueFormSchema } from "./queue-form";
import { QueueSteps } from "./queue-steps";
import { TeamField } from "./team-field";

export function QueueDetails({ item: queue }: { item: Queue }) {
  const t = useTranslations("settings.queues");
  const common = useTranslations("settings.common");
  const format = useFormatter();
  const duration = useDurationText();
  const list = useList();
  const { workspace, can } = useWorkspace();
  const { data: teams } = useQuery({ ...allTeamsQuery(workspace.id), enabled: can("settings.read") });
  const names = (ids: readonly string[]) =>
    list(ids.map((id) => teams?.find((team) => team.id === id)?.name ?? "…"));
  const idsOf = (kind: "primary" | "secondary") => queue.teams.find(({ type }) => type === kind)?.ids ?? [];
  const primary = idsOf("primary");
  const secondary = idsOf("secondary");
  return (
    <PanelBody>
      <Details>
        {queue.description && <Detail label={common("description")}>{queue.description}</Detail>}
        {queue.default && <Detail label={t("default")}>{t("defaultHelp")}</Detail>}
        <Detail label={t("primary")}>{primary.length === 0 ? t("allAgents") : names(primary)}</Detail>
        {secondary.length > 0 && <Detail label={t("secondary")}>{names(secondary)}</Detail>}
        <Detail label={t("target")}>{duration(queue.targetSeconds)}</Detail>
        <Detail label={t("priority")}>{format.number(queue.priority)}</Detail>
        <Detail label={t("offerMode")}>{t(`offerModeHelps.${queue.offerMode}`)}</Detail>
        {queue.offerMode === "accept" && (
          <Detail label={t("offerTimeout")}>{duration(queue.offerTimeout)}</Detail>
        )}
        <Detail label={t("strategy")}>{t(`strategyHelps.${queue.strategy}`)}</Detail>
        <Detail label={t("steps")}>
          {queue.steps.length === 0
            ? t("noSteps")
            : queue.steps
                .map(({ afterSeconds, teamIds = [], dropSkills }) =>
                  t("stepLine", {
                    duration: duration(afterSeconds),
                    what: [
                      ...(teamIds.length > 0 ? [t("stepAdds", { teams: names(teamIds) })] : []),
                      ...(dropSkills ? [t("stepDrops")] : []),
                    ].join(", "),
                  }),
                )
                .join("\n")}
        </Detail>
        <Detail label={t("ramp")}>
          {queue.rampSeconds === 0 ? t("rampNone") : duration(queue.rampSeconds)}
        </Detail>
      </Details>
    </PanelBody>
  );
}

export function QueueForm({ item: queue }: { item: Queue | undefined }) {
  const t = useTranslations("settings.queues");
  const common = useTranslations("settings.common");
  const { workspace } = useWorkspace();
  const errorText = useFieldErrorText();
  const { data: queues } = useQuery(allQueuesQuery(workspace.id));
  const otherDefault = queues?.find((each) => each.default && each.id !== queue?.id);
  const resource = useResourceForm({
    item: queue,
    schema: queueFormSchema,
    defaults: fieldsOf(queue),
    create: useCreateQueue(workspace.id),
    change: useChangeQueue(workspace.id),
  });
  const { control, watch } = resource.form;
  const asks = watch("offerMode") === "accept";

  return (
    <PanelForm
      {...resource}
      conflicts={{
        DefaultQueueAlreadyExists: {
          field: "default",
          message: otherDefault ? t("defaultIs", { name: otherDefault.name }) : t("defaultTaken"),
        },
      }}
    >
      <FormTextField control={control} name="name" label={common("name")} autoFocus={!queue} />
      <FormTextField
        control={control}
        name="description"
        label={common("description")}
        help={t("descriptionHelp")}
        lines={2}
      />
      <FormDefault
        control={control}
        name="default"
        label={t("default")}
        help={otherDefault ? t("defaultIs", { name: otherDefault.name }) : t("defaultHelp")}
        isTaken={otherDefault !== undefined}
      />
      {(["primary", "secondary"] as const).map((kind, place) => (
        <Controller
          key={kind}
          control={control}
          name={`teams.${place}.ids`}
          render={({ field, fieldState }) => (
            <TeamField
              label={t(kind)}
              help={t(`${kind}Help`)}
              value={field.value ?? []}
              onChange={field.onChange}
              error={errorText(fieldState.error)}
            />
          )}
        />
      ))}
      <FormNumber control={control} name="targetSeconds">
        {(field) => (
          <DurationField
            label={t("target")}
            help={t("targetHelp")}
            limits={secondsLimits.target}
            {...field}
          />
        )}
      </FormNumber>
      <Controller
        control={control}
        name="offerMode"
        render={({ field }) => (
          <RadioGroup label={t("offerMode")} value={field.value ?? "auto"} onChange={field.onChange}>
            {offerModes.map((mode) => (
              <Radio key={mode} value={mode} help={t(`offerModeHelps.${mode}`)}>
                {t(`offerModes.${mode}`)}
              </Radio>
            ))}
          </RadioGroup>
        )}
      />
      {asks && (
        <FormNumber control={control} name="offerTimeout">
          {(field) => (
            <DurationField
              label={t("offerTimeout")}
              help={t("offerTimeoutHelp")}
              limits={secondsLimits.offer}
              {...field}
            />
          )}
        </FormNumber>
      )}
      <Controller
        control={control}
        name="strategy"
        render={({ field }) => (
          <RadioGroup label={t("strategy")} value={field.value ?? "leastLoaded"} onChange={field.onChange}>
            {strategies.map((strategy) => (
              <Radio key={strategy} value={strategy} help={t(`strategyHelps.${strategy}`)}>
                {t(`strategies.${strategy}`)}
              </Radio>
            ))}
          </RadioGroup>
        )}
      />
      <QueueSteps control={control} />
      <FormNumber control={control} name="priority">
        {(field) => (
          <NumberField
            label={t("priority")}
            help={t("priorityHelp")}
            minValue={0}
            maxValue={100}
            {...field}
          />
        )}
      </FormNumber>
      <FormNumber control={control} name="rampSeconds">
        {(field) => (
          <DurationField label={t("ramp")} help={t("rampHelp")} limits={secondsLimits.ramp} {...field} />
        )}
      </FormNumber>
    </PanelForm>
  );
}
