"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { ConfirmAction } from "@/components/settings/kit/confirm-action";
import { usePage } from "@/components/settings/kit/page-context";
import type { ResourceTable } from "@/components/settings/kit/resource";
import { resourcePage } from "@/components/settings/kit/resource-page";
import { useIsWithin } from "@/components/settings/roles/role-choice";
import { useFormatter, useNow } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Tag } from "@/components/ui/tag";
import { notify } from "@/components/ui/toast";
import { allAccessKeysQuery, useRevokeAccessKey } from "@/lib/access/access-keys/client/queries";
import type { AccessKey } from "@/lib/access/access-keys/contract";
import { AccessKeyDetails, AccessKeyForm, useKeyRoles } from "./access-key-panel";

function useAccessKeyTable(): ResourceTable<AccessKey> {
  const t = useTranslations("settings.accessKeys");
  const format = useFormatter();
  const now = useNow({ updateInterval: 60_000 });
  const { workspace } = useWorkspace();
  const { roles, roleOf } = useKeyRoles();
  const isWithin = useIsWithin(roles);
  const isOver = ({ expiresAt }: AccessKey) => expiresAt !== undefined && new Date(expiresAt) <= now;
  const end = ({ expiresAt }: AccessKey) =>
    expiresAt ? format.dateTime(new Date(expiresAt), { dateStyle: "medium" }) : t("never");
  const use = ({ lastUsedAt }: AccessKey) =>
    lastUsedAt ? format.relativeTime(new Date(lastUsedAt), now) : t("neverUsed");
  return {
    items: useQuery(allAccessKeysQuery(workspace.id)),
    columns: [
      { key: "role", title: t("role"), cell: (key) => roleOf(key) ?? "–" },
      {
        key: "expires",
        title: t("expires"),
        from: "md",
        cell: (key) => <span className="text-muted tabular-nums">{end(key)}</span>,
      },
      {
        key: "lastUsed",
        title: t("lastUsed"),
        cell: (key) => <span className="text-muted">{use(key)}</span>,
      },
    ],
    searched: (key) => `${key.name} ${roleOf(key) ?? ""}`,
    badge: (key) => isOver(key) && <Tag look="danger">{t("expired")}</Tag>,
    summary: (key) => [roleOf(key), use(key)].filter(Boolean).join(" · "),
    isEditable: (key) => isWithin([key.roleId]),
    editLabel: t("rename"),
    deleteLabel: () => t("revokeEllipsis"),
  };
}

function RevokeKey({ item: { id, name, lastUsedAt } }: { item: AccessKey }) {
  const t = useTranslations("settings.accessKeys");
  const format = useFormatter();
  const now = useNow({ updateInterval: 60_000 });
  const { workspace } = useWorkspace();
  const { panel } = usePage();
  const revoke = useRevokeAccessKey(workspace.id);
  return (
    <ConfirmAction
      title={t("revokeTitle", { name })}
      action={t("revoke")}
      onConfirm={async () => {
        await revoke.mutateAsync(id);
        panel.leave();
        notify({ kind: "success", title: t("revoked", { name }) });
      }}
    >
      <p>
        {lastUsedAt
          ? t("usedLast", { time: format.relativeTime(new Date(lastUsedAt), now) })
          : t("unusedKey")}
      </p>
      <p>{t("revokeText")}</p>
    </ConfirmAction>
  );
}

export const AccessKeysPage = resourcePage({
  name: "accessKeys",
  write: "keys.write",
  useTable: useAccessKeyTable,
  Form: AccessKeyForm,
  Details: AccessKeyDetails,
  Delete: RevokeKey,
});
