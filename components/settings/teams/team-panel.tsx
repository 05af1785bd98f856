"use client";

import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { Controller } from "react-hook-form";
import { useTranslations } from "use-intl";
import { AgentFaces, AgentPicker } from "@/components/settings/kit/agent-picker";
import { Detail, Details } from "@/components/settings/kit/details";
import { Failed } from "@/components/settings/kit/failed";
import { FormTextField, useFieldErrorText } from "@/components/settings/kit/form-text-field";
import { PanelBody } from "@/components/settings/kit/panel";
import { PanelForm } from "@/components/settings/kit/panel-form";
import { useResourceForm } from "@/components/settings/kit/use-resource-form";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Radio, RadioGroup } from "@/components/ui/radio-group";
import { Skeleton } from "@/components/ui/skeleton";
import { teamQuery, useChangeTeam, useCreateTeam } from "@/lib/workforce/teams/client/queries";
import { type Team, type TeamWithMembers, teamDraftSchema } from "@/lib/workforce/teams/contract";

/** Loads the members, which the list does not include. */
function LoadedTeam({ team, children }: { team: Team; children: (team: TeamWithMembers) => ReactNode }) {
  const { workspace } = useWorkspace();
  const read = useQuery({ ...teamQuery(workspace.id, team.id), gcTime: 0, refetchOnWindowFocus: false });
  if (read.data) return children(read.data);
  return (
    <PanelBody>
      {read.isPending ? (
        <>
          <Skeleton className="h-14" />
          <Skeleton className="h-20" />
          <Skeleton className="h-40" />
        </>
      ) : (
        <Failed error={read.error} isRetrying={read.isFetching} onRetry={() => void read.refetch()} />
      )}
    </PanelBody>
  );
}

export function TeamForm({ item }: { item: Team | undefined }) {
  if (!item) return <Form team={undefined} />;
  return <LoadedTeam team={item}>{(team) => <Form team={team} />}</LoadedTeam>;
}

export function TeamDetails({ item }: { item: Team }) {
  return <LoadedTeam team={item}>{(team) => <ReadOnly team={team} />}</LoadedTeam>;
}

/** Returns a function that marks agents whose person has not yet accepted the invitation. */
function usePendingHint(team: TeamWithMembers | undefined) {
  const t = useTranslations("settings.teams");
  const pending = useMemo(
    () => new Set(team?.members.filter((member) => member.pending).map(({ agentId }) => agentId)),
    [team],
  );
  return (agentId: string) => (pending.has(agentId) ? t("pendingMember") : undefined);
}

function ReadOnly({ team }: { team: TeamWithMembers }) {
  const t = useTranslations("settings.teams");
  const common = useTranslations("settings.common");
  const hint = usePendingHint(team);
  return (
    <PanelBody>
      <Details>
        {team.description && <Detail label={common("description")}>{team.description}</Detail>}
        <Detail label={t("visibility")}>{t(`visibilities.${team.visibility}`)}</Detail>
        <Detail label={t("members")}>
          <AgentFaces ids={team.members.map(({ agentId }) => agentId)} hint={hint} />
        </Detail>
      </Details>
    </PanelBody>
  );
}

function Form({ team }: { team: TeamWithMembers | undefined }) {
  const t = useTranslations("settings.teams");
  const common = useTranslations("settings.common");
  const { workspace, can } = useWorkspace();
  const errorText = useFieldErrorText();
  const hint = usePendingHint(team);
  const initial = useMemo(() => team?.members.map(({ agentId }) => agentId) ?? [], [team]);
  const resource = useResourceForm({
    item: team,
    schema: teamDraftSchema,
    defaults: {
      name: team?.name ?? "",
      description: team?.description ?? "",
      visibility: team?.visibility ?? "public",
      agentIds: initial,
    },
    create: useCreateTeam(workspace.id),
    change: useChangeTeam(workspace.id),
  });
  const { control } = resource.form;

  return (
    <PanelForm {...resource}>
      <FormTextField control={control} name="name" label={common("name")} autoFocus={!team} />
      <FormTextField
        control={control}
        name="description"
        label={common("description")}
        help={t("descriptionHelp")}
        lines={2}
      />
      <Controller
        control={control}
        name="visibility"
        render={({ field, fieldState }) => (
          <RadioGroup
            label={t("visibility")}
            help={t("visibilityHelp")}
            value={field.value ?? "public"}
            onChange={field.onChange}
            error={errorText(fieldState.error)}
          >
            <Radio value="public">{t("visibilities.public")}</Radio>
            <Radio value="private">{t("visibilities.private")}</Radio>
          </RadioGroup>
        )}
      />
      {can("agents.read") && (
        <Controller
          control={control}
          name="agentIds"
          render={({ field, fieldState }) => (
            <AgentPicker
              label={t("members")}
              value={field.value ?? []}
              initial={initial}
              onChange={field.onChange}
              hint={hint}
              error={errorText(fieldState.error)}
            />
          )}
        />
      )}
    </PanelForm>
  );
}
