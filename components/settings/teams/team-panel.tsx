"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useQuery } from "@tanstack/react-query";
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
import { Failed } from "@/components/settings/kit/settings-page";
import { useBase } from "@/components/settings/kit/use-base";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { Radio, RadioGroup } from "@/components/ui/radio-group";
import { Skeleton } from "@/components/ui/skeleton";
import { teamQuery, useChangeTeam, useCreateTeam } from "@/lib/workforce/teams/client/queries";
import { type Team, type TeamWithMembers, teamDraftSchema } from "@/lib/workforce/teams/contract";

type Values = z.input<typeof teamDraftSchema>;
type Parsed = z.output<typeof teamDraftSchema>;

interface Props {
  panel: PanelState;
  /** Omit to create a team. */
  team: Team | undefined;
  onDelete: (team: Team) => void;
}

/** Creates, edits or shows a team. */
export function TeamPanel({ panel, team, onDelete }: Props) {
  const t = useTranslations("settings.teams");
  return (
    <Panel panel={panel} title={team?.name ?? t("new")}>
      {team ? (
        <LoadedTeam panel={panel} team={team} onDelete={onDelete} />
      ) : (
        <TeamForm panel={panel} team={undefined} onDelete={onDelete} />
      )}
    </Panel>
  );
}

/** Loads the members, which the list does not include. */
function LoadedTeam({ panel, team, onDelete }: Props & { team: Team }) {
  const { workspace, can } = useWorkspace();
  const read = useQuery({ ...teamQuery(workspace.id, team.id), gcTime: 0, refetchOnWindowFocus: false });
  if (read.isPending)
    return (
      <PanelBody>
        <Skeleton className="h-14" />
        <Skeleton className="h-20" />
        <Skeleton className="h-40" />
      </PanelBody>
    );
  if (read.isError && !read.data)
    return (
      <PanelBody>
        <Failed error={read.error} isRetrying={read.isFetching} onRetry={() => void read.refetch()} />
      </PanelBody>
    );
  return can("settings.write") ? (
    <TeamForm panel={panel} team={read.data} onDelete={onDelete} />
  ) : (
    <TeamDetails team={read.data} />
  );
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

function TeamDetails({ team }: { team: TeamWithMembers }) {
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

function TeamForm({ panel, team, onDelete }: Omit<Props, "team"> & { team: TeamWithMembers | undefined }) {
  const t = useTranslations("settings.teams");
  const ui = useTranslations("ui");
  const common = useTranslations("settings.common");
  const { workspace, can } = useWorkspace();
  const create = useCreateTeam(workspace.id);
  const against = useBase(team);
  const change = useChangeTeam(workspace.id);
  const notes = useNotes();
  const errorText = useFieldErrorText();
  const hint = usePendingHint(team);
  const initial = useMemo(() => team?.members.map(({ agentId }) => agentId) ?? [], [team]);
  const form = useForm<Values, unknown, Parsed>({
    resolver: zodResolver(teamDraftSchema),
    defaultValues: {
      name: team?.name ?? "",
      description: team?.description ?? "",
      visibility: team?.visibility ?? "public",
      agentIds: initial,
    },
  });
  const { control, formState } = form;
  const { dirtyFields } = formState;

  async function save({ description = "", ...values }: Parsed) {
    if (!team) {
      await create.mutateAsync({ ...values, ...(description && { description }) });
      notes.created(values.name);
    } else {
      const difference = changed({ ...values, description: description || null }, dirtyFields);
      if (Object.keys(difference).length > 0) {
        const after = await against((base) => change.mutateAsync({ id: team.id, change: difference, base }));
        const back = reverse({ ...team, agentIds: initial }, difference);
        notes.saved(values.name, () => change.mutateAsync({ id: team.id, change: back, base: after }));
      }
    }
    panel.leave();
  }

  return (
    <PanelForm
      form={form}
      panel={panel}
      names={["name", "description", "visibility", "agentIds"]}
      submitLabel={team ? ui("save") : t("create")}
      onSubmit={save}
      start={
        team && (
          <Button look="quiet" onPress={() => onDelete(team)}>
            <Trash2 aria-hidden="true" className="size-4" />
            {common("deleteEllipsis")}
          </Button>
        )
      }
    >
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
