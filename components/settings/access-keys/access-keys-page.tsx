"use client";

import { useQuery } from "@tanstack/react-query";
import { KeyRound, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ConfirmAction } from "@/components/settings/kit/confirm-action";
import { OneTimeSecret } from "@/components/settings/kit/one-time-secret";
import { usePanelState } from "@/components/settings/kit/panel-state";
import { PanelOf } from "@/components/settings/kit/panel-target";
import { SettingsPage } from "@/components/settings/kit/settings-page";
import { useIsWithin } from "@/components/settings/roles/role-choice";
import { useRoles } from "@/components/shell/roles";
import { useFormatter, useNow } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { MenuItem } from "@/components/ui/menu";
import { Tag } from "@/components/ui/tag";
import { notify } from "@/components/ui/toast";
import { allAccessKeysQuery, useRevokeAccessKey } from "@/lib/access/access-keys/client/queries";
import type { AccessKey, NewAccessKey } from "@/lib/access/access-keys/contract";
import { listAgents } from "@/lib/agents/agents/client/calls";
import { requestUrl } from "@/lib/platform/client/client";
import { AccessKeyPanel, NewAccessKeyPanel } from "./access-key-panel";

export function AccessKeysPage() {
  const t = useTranslations("settings.accessKeys");
  const common = useTranslations("settings.common");
  const shell = useTranslations("shell.settings");
  const format = useFormatter();
  const now = useNow({ updateInterval: 60_000 });
  const { workspace, can } = useWorkspace();
  const panel = usePanelState();
  const isAllowed = can("keys.write");
  const accessKeys = useQuery({ ...allAccessKeysQuery(workspace.id), enabled: isAllowed });
  const roles = useRoles({ enabled: isAllowed && can("settings.read") });
  const [made, setMade] = useState<NewAccessKey>();
  const [doomed, setDoomed] = useState<AccessKey>();
  const isWithin = useIsWithin(roles.data);
  const roleOf = ({ roleId }: AccessKey) => roles.data?.find(({ id }) => id === roleId)?.name;
  const isOver = ({ expiresAt }: AccessKey) => expiresAt !== undefined && new Date(expiresAt) <= now;
  const end = ({ expiresAt }: AccessKey) =>
    expiresAt ? format.dateTime(new Date(expiresAt), { dateStyle: "medium" }) : t("never");
  const use = ({ lastUsedAt }: AccessKey) =>
    lastUsedAt ? format.relativeTime(new Date(lastUsedAt), now) : t("neverUsed");

  return (
    <SettingsPage
      title={shell("accessKeys")}
      hint={t("hint")}
      access={{ read: "keys.write", write: "keys.write" }}
      items={accessKeys}
      panel={panel}
      newLabel={t("new")}
      columns={[
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
      ]}
      searched={(key) => `${key.name} ${roleOf(key) ?? ""}`}
      badge={(key) => isOver(key) && <Tag look="danger">{t("expired")}</Tag>}
      summary={(key) => [roleOf(key), use(key)].filter(Boolean).join(" · ")}
      actions={(key) =>
        isWithin([key.roleId]) && (
          <>
            <MenuItem icon={<Pencil className="size-4" />} onAction={() => panel.open(key.id)}>
              {t("rename")}
            </MenuItem>
            <MenuItem danger icon={<Trash2 className="size-4" />} onAction={() => setDoomed(key)}>
              {t("revokeEllipsis")}
            </MenuItem>
          </>
        )
      }
      count={(count) => t("count", { count })}
      searchLabel={t("search")}
      empty={{ icon: <KeyRound className="size-5" />, title: t("emptyTitle"), text: t("emptyText") }}
    >
      <PanelOf panel={panel} items={accessKeys} write="keys.write">
        {(accessKey) =>
          accessKey ? (
            <AccessKeyPanel
              panel={panel}
              accessKey={accessKey}
              roleName={roleOf(accessKey)}
              isFixed={!isWithin([accessKey.roleId])}
              onRevoke={setDoomed}
            />
          ) : (
            <NewAccessKeyPanel panel={panel} roles={roles.data ?? []} onMade={setMade} />
          )
        }
      </PanelOf>
      {made && (
        <OneTimeSecret
          title={common("created", { name: made.name })}
          text={t("keyText")}
          label={t("key")}
          value={made.key}
          example={{
            label: t("example"),
            code: `curl -H "Authorization: AccessKey ${made.key}" \\\n  "${window.location.origin}${requestUrl(listAgents, { workspaceId: workspace.id })}"`,
          }}
          onClose={() => setMade(undefined)}
        />
      )}
      {doomed && (
        <RevokeKey
          accessKey={doomed}
          lastUse={doomed.lastUsedAt ? t("usedLast", { time: use(doomed) }) : t("unusedKey")}
          onClose={() => setDoomed(undefined)}
          onRevoked={panel.leave}
        />
      )}
    </SettingsPage>
  );
}

function RevokeKey({
  accessKey,
  lastUse,
  onClose,
  onRevoked,
}: {
  accessKey: AccessKey;
  lastUse: string;
  onClose: () => void;
  onRevoked: () => void;
}) {
  const t = useTranslations("settings.accessKeys");
  const { workspace } = useWorkspace();
  const revoke = useRevokeAccessKey(workspace.id);
  return (
    <ConfirmAction
      title={t("revokeTitle", { name: accessKey.name })}
      action={t("revoke")}
      onClose={onClose}
      onConfirm={async () => {
        await revoke.mutateAsync(accessKey.id);
        onRevoked();
        notify({ kind: "success", title: t("revoked", { name: accessKey.name }) });
      }}
    >
      <p>{lastUse}</p>
      <p>{t("revokeText")}</p>
    </ConfirmAction>
  );
}
