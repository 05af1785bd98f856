"use client";

import { useTranslations } from "use-intl";
import { Detail, Details } from "@/components/settings/kit/details";
import { FormTextField } from "@/components/settings/kit/form-text-field";
import { PanelBody } from "@/components/settings/kit/panel";
import { PanelForm } from "@/components/settings/kit/panel-form";
import { useResourceForm } from "@/components/settings/kit/use-resource-form";
import { useWorkspace } from "@/components/shell/workspace-context";
import { useChangeSender, useCreateSender } from "@/lib/workforce/senders/client/queries";
import { type SenderProfile, senderProfileDraftSchema } from "@/lib/workforce/senders/contract";

/** Returns the sender's full email address. */
export const addressOf = ({ email }: Pick<SenderProfile, "email">) => `${email.username}@${email.domain}`;

export function SenderDetails({ item: sender }: { item: SenderProfile }) {
  const t = useTranslations("settings.senders");
  return (
    <PanelBody>
      <Details>
        <Detail label={t("address")}>
          <bdi dir="ltr">{addressOf(sender)}</bdi>
        </Detail>
        <Detail label={t("signature")}>{sender.signature || t("noSignature")}</Detail>
      </Details>
    </PanelBody>
  );
}

export function SenderForm({ item: sender }: { item: SenderProfile | undefined }) {
  const t = useTranslations("settings.senders");
  const common = useTranslations("settings.common");
  const { workspace } = useWorkspace();
  const resource = useResourceForm({
    item: sender,
    schema: senderProfileDraftSchema,
    defaults: {
      name: sender?.name ?? "",
      email: sender?.email ?? { username: "", domain: "" },
      signature: sender?.signature ?? "",
    },
    create: useCreateSender(workspace.id),
    change: useChangeSender(workspace.id),
  });
  const { control } = resource.form;

  return (
    <PanelForm {...resource}>
      <FormTextField control={control} name="name" label={common("name")} help={t("nameHelp")} autoFocus />
      <div className="space-y-1.5">
        <div dir="ltr" className="grid grid-cols-[minmax(0,2fr)_auto_minmax(0,3fr)] items-start gap-x-2">
          <FormTextField
            control={control}
            name="email.username"
            label={t("username")}
            complaint={t("usernameWrong")}
            placeholder="support"
            spellCheck="false"
          />
          <span aria-hidden="true" className="mt-8 text-muted max-sm:mt-9">
            @
          </span>
          <FormTextField
            control={control}
            name="email.domain"
            label={t("domain")}
            complaint={t("domainWrong")}
            placeholder="example.com"
            spellCheck="false"
          />
        </div>
        <p className="text-muted text-sm">{t("addressHelp")}</p>
      </div>
      <FormTextField
        control={control}
        name="signature"
        label={t("signature")}
        help={t("signatureHelp")}
        lines={4}
      />
    </PanelForm>
  );
}
