"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { Ban, Lock, RotateCcw, Send, Trash2, UserRoundPlus } from "lucide-react";
import { Controller, useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { Detail, Details } from "@/components/settings/kit/details";
import { useFieldErrorText } from "@/components/settings/kit/form-text-field";
import { useNotes } from "@/components/settings/kit/notes";
import { Panel, PanelBody } from "@/components/settings/kit/panel";
import { PanelForm } from "@/components/settings/kit/panel-form";
import type { PanelState } from "@/components/settings/kit/panel-state";
import { useBase } from "@/components/settings/kit/use-base";
import { RoleChoice, useIsWithin } from "@/components/settings/roles/role-choice";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Link } from "@/components/ui/link";
import { useJoined } from "@/components/ui/use-joined";
import { useChangePerson } from "@/lib/access/people/client/queries";
import { type User, userChangeSchema } from "@/lib/access/people/contract";
import type { Role } from "@/lib/access/roles/contract";
import type { PersonActions } from "./person-actions";
import { PersonStatus } from "./person-status";

const placeSchema = z.strictObject({ roleIds: userChangeSchema.shape.roleIds.unwrap() });

interface Props {
  panel: PanelState;
  person: User;
  roles: readonly Role[];
  actions: PersonActions;
}

/** Edits a person. Read-only if the person may do more than the reader. */
export function PersonPanel(props: Props) {
  const { panel, person, roles } = props;
  const isWithin = useIsWithin(roles);
  return (
    <Panel panel={panel} title={person.name} badge={<PersonStatus status={person.status} />}>
      {isWithin(person.roleIds) ? <PersonForm {...props} /> : <PersonDetails {...props} />}
    </Panel>
  );
}

function PersonDetails({ person, roles, actions }: Props) {
  const t = useTranslations("settings.people");
  const joined = useJoined();
  return (
    <PanelBody>
      <Callout icon={<Lock className="size-4" />}>{t("beyondYou")}</Callout>
      <Details>
        <Detail label={t("email")}>
          <bdi dir="ltr">{person.email}</bdi>
        </Detail>
        <Detail label={t("roles")}>
          {joined(
            roles
              .filter(({ id }) => person.roleIds.includes(id))
              .map(({ name }) => name)
              .sort(),
          )}
        </Detail>
      </Details>
      <PersonAgent person={person} actions={actions} />
      <section className="space-y-2">
        <h3 className="font-medium text-sm">{t("entry")}</h3>
        <p className="text-muted">{t(`entryOf.${person.status}`)}</p>
      </section>
    </PanelBody>
  );
}

/** Links to the person's agent or offers to create one. */
function PersonAgent({ person, actions }: Pick<Props, "person" | "actions">) {
  const t = useTranslations("settings.people");
  const { can, href } = useWorkspace();
  return (
    <section className="space-y-2">
      <h3 className="font-medium text-sm">{t("agent")}</h3>
      {person.agentId ? (
        can("agents.read") && (
          <Link href={href(`/agents/${person.agentId}`)}>{t("openAgent", { name: person.name })}</Link>
        )
      ) : (
        <>
          <p className="text-muted">{t("noAgent")}</p>
          {can("agents.write") && (
            <Button size="small" onPress={() => actions.makeAgent(person)}>
              <UserRoundPlus aria-hidden="true" className="size-3.5" />
              {t("makeAgent")}
            </Button>
          )}
        </>
      )}
    </section>
  );
}

function PersonForm({ panel, person, roles, actions }: Props) {
  const t = useTranslations("settings.people");
  const ui = useTranslations("ui");
  const { workspace, user } = useWorkspace();
  const against = useBase(person);
  const change = useChangePerson(workspace.id);
  const notes = useNotes();
  const errorText = useFieldErrorText();
  const form = useForm<z.input<typeof placeSchema>, unknown, z.output<typeof placeSchema>>({
    resolver: zodResolver(placeSchema),
    defaultValues: { roleIds: person.roleIds },
  });
  const isSelf = person.id === user.id;

  async function save({ roleIds }: z.output<typeof placeSchema>) {
    if (form.formState.isDirty) {
      const before = person.roleIds;
      const after = await against((base) => change.mutateAsync({ id: person.id, change: { roleIds }, base }));
      // No undo for a change of one's own roles: the person may lack the right to restore them.
      notes.saved(
        person.name,
        isSelf || before.length === 0
          ? undefined
          : () => change.mutateAsync({ id: person.id, change: { roleIds: before }, base: after }),
      );
    }
    panel.leave();
  }

  return (
    <PanelForm
      form={form}
      panel={panel}
      names={["roleIds"]}
      submitLabel={ui("save")}
      onSubmit={save}
      start={
        <Button look="quiet" onPress={() => actions.remove(person)}>
          <Trash2 aria-hidden="true" className="size-4" />
          {t(person.status === "invited" ? "withdrawEllipsis" : "removeEllipsis")}
        </Button>
      }
    >
      {isSelf && <Callout>{t("thisIsYou")}</Callout>}
      <Details>
        <Detail label={t("email")}>
          <bdi dir="ltr">{person.email}</bdi>
        </Detail>
      </Details>
      <Controller
        control={form.control}
        name="roleIds"
        render={({ field, fieldState }) => (
          <RoleChoice
            roles={roles}
            value={field.value}
            before={person.roleIds}
            onChange={field.onChange}
            error={errorText(fieldState.error)}
          />
        )}
      />
      <PersonAgent person={person} actions={actions} />
      <section className="space-y-2">
        <h3 className="font-medium text-sm">{t("entry")}</h3>
        <p className="text-muted">{t(`entryOf.${person.status}`)}</p>
        {person.status === "invited" && (
          <Button size="small" onPress={() => actions.resend(person)}>
            <Send aria-hidden="true" className="size-3.5 rtl:-scale-x-100" />
            {t("resend")}
          </Button>
        )}
        {person.status === "active" && (
          <Button size="small" onPress={() => actions.suspend(person)}>
            <Ban aria-hidden="true" className="size-3.5" />
            {t("suspendEllipsis")}
          </Button>
        )}
        {person.status === "suspended" && (
          <Button size="small" onPress={() => actions.restore(person)}>
            <RotateCcw aria-hidden="true" className="size-3.5" />
            {t("restore")}
          </Button>
        )}
      </section>
    </PanelForm>
  );
}
