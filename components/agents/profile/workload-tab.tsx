"use client";

import { useQuery } from "@tanstack/react-query";
import { Suspense } from "react";
import { useTranslations } from "use-intl";
import { PartFailed } from "@/components/shell/part-failed";
import { useProblemText } from "@/components/shell/problem-text";
import { useFormatter, useNow } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { lazyPart } from "@/components/ui/lazy-part";
import { Meter } from "@/components/ui/meter";
import { NumberField } from "@/components/ui/number-field";
import { Option, Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { notify } from "@/components/ui/toast";
import { ownRuleOf, useAssignRule, workloadQuery } from "@/lib/availability/workload/client/queries";
import type { Workload } from "@/lib/availability/workload/contract";
import { limitedChannels } from "@/lib/availability/workload/rules";
import { allCapacityRulesQuery } from "@/lib/workforce/capacity/client/queries";
import { EditableField, Fact, FieldGroup } from "./editable-field";
import { useProfile } from "./profile-context";

const AgentConversations = lazyPart(
  async () => (await import("@/components/routing/agent-conversations")).AgentConversations,
);

/** The agent's open conversations and their limits. */
export function WorkloadTab() {
  const t = useTranslations("profile");
  const { workspaceId, agent, rights } = useProfile();
  const { can } = useWorkspace();
  const { data: workload, error, refetch } = useQuery(workloadQuery(workspaceId, agent.id));
  return (
    <div className="grid max-w-xl items-start gap-x-12 gap-y-8 xl:max-w-6xl xl:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-8">
        <FieldGroup title={t("workload.open")}>
          {workload ? (
            <OpenConversations workload={workload} />
          ) : error ? (
            <PartFailed onRetry={() => void refetch()}>{t("workload.failed")}</PartFailed>
          ) : (
            <>
              <Skeleton className="h-22.75" />
              <Skeleton className="h-10.5" />
            </>
          )}
        </FieldGroup>
        <FieldGroup title={t("workload.rule")}>
          {workload ? (
            rights.canChangeRule ? (
              <RuleChoice workload={workload} />
            ) : (
              <p>
                <span className="font-medium">{workload.rule?.name ?? t("workload.ruleNoneName")}</span>
                <span className="block text-muted text-sm">
                  <RuleOrigin workload={workload} />
                </span>
              </p>
            )
          ) : (
            !error && <Skeleton className="h-15" />
          )}
          <EditableField field="wrapUpTime">
            {({ label, value, onChange, onBlur, error: wrong }) => (
              <NumberField
                label={label}
                help={t("help.wrapUpTime", { min: 0, max: 3600 })}
                unit={t("secondsUnit")}
                className="max-w-sm"
                minValue={0}
                value={value}
                onChange={onChange}
                onBlur={onBlur}
                error={wrong}
              />
            )}
          </EditableField>
        </FieldGroup>
      </div>
      {can("routing.read") && (
        <div className="flex min-w-0 flex-col gap-8">
          <Suspense fallback={<Skeleton className="h-48" />}>
            <AgentConversations agentId={agent.id} name={agent.name} />
          </Suspense>
        </div>
      )}
    </div>
  );
}

function OpenConversations({ workload }: { workload: Workload }) {
  const t = useTranslations("profile.workload");
  const format = useFormatter();
  const now = useNow({ updateInterval: 60_000 });
  const { agent } = useProfile();
  const capacity = workload.rule?.capacity;
  return (
    <>
      <dl className="divide-y divide-line rounded-lg border border-line">
        {limitedChannels.map((channel) => {
          const open = workload.workload[channel];
          const most = capacity?.[channel];
          return (
            <div key={channel} className="flex min-h-11 items-center justify-between gap-4 px-3">
              <dt>{t(channel)}</dt>
              <dd className="tabular-nums">
                {most === undefined ? (
                  t("unbounded", { open })
                ) : (
                  <Meter
                    label={t(channel)}
                    text={t("ofCapacity", { open, capacity: most })}
                    value={most === 0 ? 1 : Math.min(open, most)}
                    maxValue={Math.max(most, 1)}
                  />
                )}
              </dd>
            </div>
          );
        })}
      </dl>
      <Fact label={t("lastAssigned")}>
        {agent.lastAssignedAt ? format.relativeTime(new Date(agent.lastAssignedAt), now) : t("never")}
      </Fact>
    </>
  );
}

function RuleOrigin({ workload }: { workload: Workload }) {
  const t = useTranslations("profile.workload");
  const { agent } = useProfile();
  if (!workload.rule) return t("ruleNone");
  return t(ownRuleOf(workload, agent.id) ? "ruleOwn" : "ruleDefault");
}

const byDefault = "default";

function RuleChoice({ workload }: { workload: Workload }) {
  const t = useTranslations("profile");
  const ui = useTranslations("ui");
  const problemText = useProblemText();
  const { workspaceId, agent } = useProfile();
  const { data: rules } = useQuery(allCapacityRulesQuery(workspaceId));
  const { mutate, isPending, variables } = useAssignRule(workspaceId, agent.id);
  const own = ownRuleOf(workload, agent.id);
  const shown = isPending ? variables.to : (own ?? null);
  const fallback = rules?.find((rule) => rule.default);
  const byDefaultName = fallback ? t("workload.useDefault", { name: fallback.name }) : t("workload.useNone");
  const nameOf = (id: string | null | undefined) =>
    id ? (rules?.find((rule) => rule.id === id)?.name ?? workload.rule?.name ?? "") : byDefaultName;

  function assign(from: string | undefined, to: string | null, isUndo = false) {
    mutate(
      { from, to },
      {
        onSuccess: () =>
          notify({
            kind: "success",
            title: t("workload.ruleChanged", { name: nameOf(to) }),
            action: isUndo
              ? undefined
              : { label: ui("undo"), run: () => assign(to ?? undefined, from ?? null, true) },
          }),
        onError: (error) =>
          notify({ kind: "error", title: t("workload.ruleFailed"), detail: problemText(error) }),
      },
    );
  }

  if (!rules) return <Skeleton className="h-15" />;
  return (
    <Select
      label={t("workload.rule")}
      hideLabel
      help={<RuleOrigin workload={workload} />}
      value={shown ?? byDefault}
      onChange={(id) => {
        const to = id === byDefault ? null : String(id);
        if (to !== (own ?? null)) assign(own, to);
      }}
    >
      <Option id={byDefault}>{byDefaultName}</Option>
      {rules.map(({ id, name, capacity }) => (
        <Option key={id} id={id} textValue={name} hint={t("workload.perRule", capacity)}>
          {name}
        </Option>
      ))}
    </Select>
  );
}
