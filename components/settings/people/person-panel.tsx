"use client";

import { Ban, Lock, RotateCcw, Send, UserRoundPlus } from "lucide-react";
import { Controller } from "react-hook-form";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { Detail, Details } from "@/components/settings/kit/details";
import { useFieldErrorText } from "@/components/settings/kit/form-text-field";
import { PanelBody } from "@/components/settings/kit/panel";
import { PanelForm } from "@/components/settings/kit/panel-form";
import { useResourceForm } from "@/components/settings/kit/use-resource-form";
import { RoleChoice } from "@/components/settings/roles/role-choice";
import { useRoles } from "@/components/shell/roles";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Link } from "@/components/ui/link";
import { useJoined } from "@/components/ui/use-joined";
import { useChangePerson } from "@/lib/access/people/client/queries";
import { type User, userChangeSchema } from "@/lib/access/people/contract";
import { usePersonActions } from "./person-actions";

const placeSchema = z.strictObject({ roleIds: userChangeSchema.shape.roleIds.unwrap() });

/** Shows a person who has permissions the reader lacks. */
export function PersonDetails({ item: person }: { item: User }) {
  const t = useTranslations("settings.people");
  const { can } = useWorkspace();
  const roles = useRoles({ enabled: can("settings.read") }).data ?? [];
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
      <PersonAgent person={person} />
      <section className="space-y-2">
        <h3 className="font-medium text-sm">{t("entry")}</h3>
        <p className="text-muted">{t(`entryOf.${person.status}`)}</p>
      </section>
    </PanelBody>
  );
}

/** Links to the person's agent or offers to create one. */
function PersonAgent({ person }: { person: User }) {
  const t = useTranslations("settings.people");
  const actions = usePersonActions();
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

export function PersonForm({ person }: { person: User }) {
  const t = useTranslations("settings.people");
  const { workspace, user, can } = useWorkspace();
  const roles = useRoles({ enabled: can("settings.read") }).data ?? [];
  const actions = usePersonActions();
  const errorText = useFieldErrorText();
  const isSelf = person.id === user.id;
  const resource = useResourceForm({
    item: person,
    schema: placeSchema,
    defaults: { roleIds: person.roleIds },
    change: useChangePerson(workspace.id),
    // The person may lack the right to restore their own roles.
    isUndoable: () => !isSelf && person.roleIds.length > 0,
  });

  return (
    <PanelForm {...resource}>
      {isSelf && <Callout>{t("thisIsYou")}</Callout>}
      <Details>
        <Detail label={t("email")}>
          <bdi dir="ltr">{person.email}</bdi>
        </Detail>
      </Details>
      <Controller
        control={resource.form.control}
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
      <PersonAgent person={person} />
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
