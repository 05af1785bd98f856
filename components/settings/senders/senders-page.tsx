"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { DeleteDialog } from "@/components/settings/kit/delete-dialog";
import type { ResourceTable } from "@/components/settings/kit/resource";
import { resourcePage } from "@/components/settings/kit/resource-page";
import { useWorkspace } from "@/components/shell/workspace-context";
import { allSendersQuery, senderUsageQuery, useDeleteSender } from "@/lib/workforce/senders/client/queries";
import type { SenderProfile } from "@/lib/workforce/senders/contract";
import { addressOf, SenderDetails, SenderForm } from "./sender-panel";

function useSenderTable(): ResourceTable<SenderProfile> {
  const t = useTranslations("settings.senders");
  const { workspace } = useWorkspace();
  return {
    items: useQuery(allSendersQuery(workspace.id)),
    columns: [
      {
        key: "address",
        title: t("address"),
        cell: (sender) => <bdi dir="ltr">{addressOf(sender)}</bdi>,
      },
      {
        key: "signature",
        title: t("signature"),
        from: "md",
        cell: (sender) => (
          <span className="text-muted">{sender.signature ? t("hasSignature") : t("noSignature")}</span>
        ),
      },
    ],
    searched: (sender) => `${sender.name} ${addressOf(sender)}`,
    summary: (sender) => <bdi dir="ltr">{addressOf(sender)}</bdi>,
  };
}

function DeleteSender({ item: sender }: { item: SenderProfile }) {
  const t = useTranslations("settings.senders");
  const { workspace } = useWorkspace();
  return (
    <DeleteDialog
      item={sender}
      action={t("delete")}
      usage={senderUsageQuery(workspace.id, sender.id)}
      remove={useDeleteSender(workspace.id)}
    >
      {({ agents }) => <p>{t("usage", { agents })}</p>}
    </DeleteDialog>
  );
}

export const SendersPage = resourcePage({
  name: "senders",
  useTable: useSenderTable,
  Form: SenderForm,
  Details: SenderDetails,
  Delete: DeleteSender,
});
