"use client";

import { useQuery } from "@tanstack/react-query";
import { Mail, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { DeleteDialog } from "@/components/settings/kit/delete-dialog";
import { useNotes } from "@/components/settings/kit/notes";
import { usePanelState } from "@/components/settings/kit/panel-state";
import { PanelOf } from "@/components/settings/kit/panel-target";
import { SettingsPage } from "@/components/settings/kit/settings-page";
import { useWorkspace } from "@/components/shell/workspace-context";
import { MenuItem } from "@/components/ui/menu";
import { allSendersQuery, senderUsageQuery, useDeleteSender } from "@/lib/workforce/senders/client/queries";
import type { SenderProfile } from "@/lib/workforce/senders/contract";
import { addressOf, SenderPanel } from "./sender-panel";

export function SendersPage() {
  const t = useTranslations("settings.senders");
  const common = useTranslations("settings.common");
  const shell = useTranslations("shell.settings");
  const { workspace, can } = useWorkspace();
  const panel = usePanelState();
  const senders = useQuery({ ...allSendersQuery(workspace.id), enabled: can("settings.read") });
  const [doomed, setDoomed] = useState<SenderProfile>();

  return (
    <SettingsPage
      title={shell("senders")}
      hint={t("hint")}
      access={{ read: "settings.read", write: "settings.write" }}
      items={senders}
      panel={panel}
      newLabel={t("new")}
      columns={[
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
      ]}
      searched={(sender) => `${sender.name} ${addressOf(sender)}`}
      summary={(sender) => <bdi dir="ltr">{addressOf(sender)}</bdi>}
      actions={(sender) => (
        <>
          <MenuItem icon={<Pencil className="size-4" />} onAction={() => panel.open(sender.id)}>
            {common("edit")}
          </MenuItem>
          <MenuItem danger icon={<Trash2 className="size-4" />} onAction={() => setDoomed(sender)}>
            {common("deleteEllipsis")}
          </MenuItem>
        </>
      )}
      count={(count) => t("count", { count })}
      searchLabel={t("search")}
      empty={{ icon: <Mail className="size-5" />, title: t("emptyTitle"), text: t("emptyText") }}
    >
      <PanelOf panel={panel} items={senders}>
        {(sender) => <SenderPanel panel={panel} sender={sender} onDelete={setDoomed} />}
      </PanelOf>
      {doomed && (
        <DeleteSender sender={doomed} onClose={() => setDoomed(undefined)} onDeleted={panel.leave} />
      )}
    </SettingsPage>
  );
}

function DeleteSender({
  sender,
  onClose,
  onDeleted,
}: {
  sender: SenderProfile;
  onClose: () => void;
  onDeleted: () => void;
}) {
  const t = useTranslations("settings.senders");
  const common = useTranslations("settings.common");
  const { workspace } = useWorkspace();
  const remove = useDeleteSender(workspace.id);
  const notes = useNotes();
  return (
    <DeleteDialog
      title={common("deleteTitle", { name: sender.name })}
      action={t("delete")}
      usage={senderUsageQuery(workspace.id, sender.id)}
      describe={({ agents }) => <p>{t("usage", { agents })}</p>}
      onClose={onClose}
      onConfirm={async () => {
        await remove.mutateAsync(sender.id);
        onDeleted();
        notes.deleted(sender.name);
      }}
    />
  );
}
