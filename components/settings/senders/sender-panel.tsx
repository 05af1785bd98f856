"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { Trash2 } from "lucide-react";
import { useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import type { z } from "zod";
import { changed, reverse } from "@/components/settings/kit/changes";
import { Detail, Details } from "@/components/settings/kit/details";
import { FormTextField } from "@/components/settings/kit/form-text-field";
import { useNotes } from "@/components/settings/kit/notes";
import { Panel, PanelBody } from "@/components/settings/kit/panel";
import { PanelForm } from "@/components/settings/kit/panel-form";
import type { PanelState } from "@/components/settings/kit/panel-state";
import { useBase } from "@/components/settings/kit/use-base";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { useChangeSender, useCreateSender } from "@/lib/workforce/senders/client/queries";
import { type SenderProfile, senderProfileDraftSchema } from "@/lib/workforce/senders/contract";

/** Returns the sender's full email address. */
export const addressOf = ({ email }: Pick<SenderProfile, "email">) => `${email.username}@${email.domain}`;

type Values = z.input<typeof senderProfileDraftSchema>;

/** Creates, edits or shows a sender profile. */
export function SenderPanel({
  panel,
  sender,
  onDelete,
}: {
  panel: PanelState;
  /** Omit to create a sender profile. */
  sender: SenderProfile | undefined;
  onDelete: (sender: SenderProfile) => void;
}) {
  const t = useTranslations("settings.senders");
  const { can } = useWorkspace();
  return (
    <Panel panel={panel} title={sender?.name ?? t("new")}>
      {can("settings.write") ? (
        <SenderForm panel={panel} sender={sender} onDelete={onDelete} />
      ) : (
        sender && <SenderDetails sender={sender} />
      )}
    </Panel>
  );
}

function SenderDetails({ sender }: { sender: SenderProfile }) {
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

function SenderForm({ panel, sender, onDelete }: Parameters<typeof SenderPanel>[0]) {
  const t = useTranslations("settings.senders");
  const ui = useTranslations("ui");
  const common = useTranslations("settings.common");
  const { workspace } = useWorkspace();
  const create = useCreateSender(workspace.id);
  const against = useBase(sender);
  const change = useChangeSender(workspace.id);
  const notes = useNotes();
  const form = useForm({
    resolver: zodResolver(senderProfileDraftSchema),
    defaultValues: {
      name: sender?.name ?? "",
      email: sender?.email ?? { username: "", domain: "" },
      signature: sender?.signature ?? "",
    } satisfies Values,
  });
  const { control, formState } = form;
  const { dirtyFields } = formState;

  async function save({ signature = "", ...values }: z.output<typeof senderProfileDraftSchema>) {
    if (!sender) {
      await create.mutateAsync({ ...values, ...(signature && { signature }) });
      notes.created(values.name);
    } else {
      const difference = changed({ ...values, signature: signature || null }, dirtyFields);
      if (Object.keys(difference).length > 0) {
        const after = await against((base) =>
          change.mutateAsync({ id: sender.id, change: difference, base }),
        );
        const back = reverse(sender, difference);
        notes.saved(values.name, () => change.mutateAsync({ id: sender.id, change: back, base: after }));
      }
    }
    panel.leave();
  }

  return (
    <PanelForm
      form={form}
      panel={panel}
      names={["name", "email.username", "email.domain", "signature"]}
      submitLabel={sender ? ui("save") : t("create")}
      onSubmit={save}
      start={
        sender && (
          <Button look="quiet" onPress={() => onDelete(sender)}>
            <Trash2 aria-hidden="true" className="size-4" />
            {common("deleteEllipsis")}
          </Button>
        )
      }
    >
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
