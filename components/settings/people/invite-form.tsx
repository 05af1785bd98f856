"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useRef, useState } from "react";
import { Controller, useForm, useWatch } from "react-hook-form";
import { useTranslations } from "use-intl";
import { FormTextField, useFieldErrorText } from "@/components/settings/kit/form-text-field";
import { usePage } from "@/components/settings/kit/page-context";
import { PanelForm, wordedError } from "@/components/settings/kit/panel-form";
import { RoleChoice } from "@/components/settings/roles/role-choice";
import { useRoles } from "@/components/shell/roles";
import { useWorkspace } from "@/components/shell/workspace-context";
import { readAddresses } from "@/lib/access/people/addresses";
import { inviteAll, type Outcome, unfinished } from "@/lib/access/people/client/invite-all";
import { useInvitePerson } from "@/lib/access/people/client/queries";
import { managedRoles } from "@/lib/access/roles/rules";
import { useMakeAgentFor } from "@/lib/agents/agents/client/for-person";
import { InviteAgentFields, useSchedulePresets } from "./invite-agent-fields";
import { InviteResults } from "./invite-results";
import { type InviteValues, invitationFormSchema, type ParsedInvite } from "./invite-values";
import { usePersonActions } from "./person-actions";

const agentRole = managedRoles.find(({ name }) => name === "Agent");

/** Invites people to the workspace and creates their agents. */
export function InviteForm() {
  const t = useTranslations("settings.people");
  const { workspace, can } = useWorkspace();
  const { panel } = usePage();
  const { showInvited } = usePersonActions();
  const roles = useRoles({ enabled: can("settings.read") }).data ?? [];
  const invite = useInvitePerson(workspace.id);
  const makeAgent = useMakeAgentFor(workspace.id);
  const presets = useSchedulePresets();
  const errorText = useFieldErrorText();
  const [outcomes, setOutcomes] = useState<Outcome[]>();
  /** Outcomes of earlier attempts. A retry handles only the rest. */
  const done = useRef<Outcome[]>([]);
  const form = useForm<InviteValues, unknown, ParsedInvite>({
    resolver: zodResolver(invitationFormSchema),
    defaultValues: {
      addresses: "",
      name: "",
      roleIds: agentRole?.permissions.every(can) ? [agentRole.id] : [],
      makesAgents: can("agents.write"),
      teamIds: [],
      schedule: "",
    },
  });
  const { control } = form;
  const written = readAddresses(useWatch({ control, name: "addresses" }));
  const isOne = written.invitees.length + written.malformed.length < 2;

  async function save({ addresses, name, roleIds, makesAgents, teamIds, schedule }: ParsedInvite) {
    const list = readAddresses(addresses);
    const [first] = list.invitees;
    if (isOne && first && name) first.name = name;
    const weeklySchedule = presets.find(({ id }) => id === schedule)?.schedule;
    const results = await inviteAll(
      list,
      {
        invite: (invitee) => invite.mutateAsync({ ...invitee, roleIds }),
        makeAgent: makesAgents
          ? (person) =>
              makeAgent.mutateAsync({
                userId: person.id,
                name: person.name,
                teamIds,
                ...(weeklySchedule ? { weeklySchedule } : {}),
              })
          : undefined,
      },
      done.current,
    );
    // Invitation links of an earlier attempt are shown only here.
    const earlier = done.current.filter(
      ({ kind, email }) => kind === "invited" && !results.some((each) => each.email === email),
    );
    done.current = [...earlier, ...results];
    const [only] = results;
    if (!isOne || !only || only.kind === "noAgent" || earlier.length > 0) return setOutcomes(done.current);
    if (only.kind === "failed") throw only.error;
    if (only.kind !== "invited")
      return form.setError("addresses", { type: wordedError, message: t("emailTaken") });
    panel.leave();
    showInvited(only.person);
  }

  return (
    <>
      <PanelForm form={form} onSubmit={save}>
        <FormTextField
          control={control}
          name="addresses"
          lines={2}
          inputMode="email"
          label={t("addresses")}
          help={isOne ? t("addressesHelp") : t("addressesRead", { count: written.invitees.length })}
          complaint={t("noAddress")}
          autoFocus
        />
        {isOne && <FormTextField control={control} name="name" label={t("name")} help={t("nameHelp")} />}
        <Controller
          control={control}
          name="roleIds"
          render={({ field, fieldState }) => (
            <RoleChoice
              roles={roles}
              value={field.value}
              before={[]}
              onChange={field.onChange}
              error={errorText(fieldState.error)}
            />
          )}
        />
        {can("agents.write") && <InviteAgentFields control={control} presets={presets} />}
      </PanelForm>
      {outcomes && (
        <InviteResults
          outcomes={outcomes}
          onDone={panel.leave}
          onRetry={() => {
            form.reset({ ...form.getValues(), addresses: "" });
            form.setValue("addresses", unfinished(outcomes), { shouldDirty: true });
            setOutcomes(undefined);
          }}
        />
      )}
    </>
  );
}
