"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { Controller, useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { useWorkspace } from "@/components/shell/workspace-context";
import { notify } from "@/components/ui/toast";
import { type InvitedUser, invitationDraftSchema } from "@/lib/people/contract";
import { useInvitePerson } from "@/lib/people/queries";
import type { Role } from "@/lib/roles/contract";
import { FormTextField, useFieldErrorText } from "./form-text-field";
import { Panel } from "./panel";
import { PanelForm } from "./panel-form";
import type { PanelState } from "./panel-state";
import { RoleChoice } from "./role-choice";

/** As the API takes it, with an empty field for a name that is left out. */
const invitationFormSchema = invitationDraftSchema.extend({
  name: z.union([z.literal(""), invitationDraftSchema.shape.name.unwrap()]),
});

type Values = z.input<typeof invitationFormSchema>;
type Parsed = z.output<typeof invitationFormSchema>;

/** Invites somebody into the workspace. */
export function InvitePanel({
  panel,
  roles,
  onLink,
}: {
  panel: PanelState;
  roles: readonly Role[];
  /** Told of the link, where the server sends no mail. */
  onLink: (invited: InvitedUser) => void;
}) {
  const t = useTranslations("settings.people");
  const { workspace } = useWorkspace();
  const invite = useInvitePerson(workspace.id);
  const errorText = useFieldErrorText();
  const form = useForm<Values, unknown, Parsed>({
    resolver: zodResolver(invitationFormSchema),
    defaultValues: { email: "", name: "", roleIds: [] },
  });
  const { control } = form;

  async function save({ email, name, roleIds }: Parsed) {
    const invited = await invite.mutateAsync({ email, roleIds, ...(name && { name }) });
    panel.leave();
    if (invited.inviteUrl) onLink(invited);
    else notify({ kind: "success", title: t("invitationSent", { email }) });
  }

  return (
    <Panel panel={panel} title={t("new")}>
      <PanelForm
        form={form}
        panel={panel}
        names={["email", "name", "roleIds"]}
        complaints={{ email: t("emailTaken") }}
        submitLabel={t("invite")}
        onSubmit={save}
      >
        <FormTextField
          control={control}
          name="email"
          type="email"
          inputMode="email"
          label={t("email")}
          help={t("emailHelp")}
          autoFocus
        />
        <FormTextField control={control} name="name" label={t("name")} help={t("nameHelp")} />
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
        <p className="text-muted text-sm">{t("inviteNote")}</p>
      </PanelForm>
    </Panel>
  );
}
