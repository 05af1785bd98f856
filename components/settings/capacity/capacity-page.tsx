"use client";

import { useQuery } from "@tanstack/react-query";
import { Gauge, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { DeleteDialog } from "@/components/settings/kit/delete-dialog";
import { useNotes } from "@/components/settings/kit/notes";
import { usePanelState } from "@/components/settings/kit/panel-state";
import { PanelOf } from "@/components/settings/kit/panel-target";
import { SettingsPage } from "@/components/settings/kit/settings-page";
import { useFormatter } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { MenuItem } from "@/components/ui/menu";
import { Tag } from "@/components/ui/tag";
import { agentListQuery } from "@/lib/agents/agents/client/queries";
import { boundAgents } from "@/lib/workforce/capacity/client/bound-agents";
import {
  allCapacityRulesQuery,
  capacityRuleUsageQuery,
  useDeleteCapacityRule,
} from "@/lib/workforce/capacity/client/queries";
import type { CapacityRule } from "@/lib/workforce/capacity/contract";
import { CapacityPanel } from "./capacity-panel";

export function CapacityPage() {
  const t = useTranslations("settings.capacity");
  const common = useTranslations("settings.common");
  const shell = useTranslations("shell.settings");
  const format = useFormatter();
  const { workspace, can } = useWorkspace();
  const panel = usePanelState();
  const rules = useQuery({ ...allCapacityRulesQuery(workspace.id), enabled: can("settings.read") });
  const all = useQuery({ ...agentListQuery(workspace.id, { limit: "1" }), enabled: can("agents.read") });
  const bound = (rule: CapacityRule) => boundAgents(rule, rules.data ?? [], all.data?.total);
  const [doomed, setDoomed] = useState<CapacityRule>();

  return (
    <SettingsPage
      title={shell("capacity")}
      hint={t("hint")}
      access={{ read: "settings.read", write: "settings.write" }}
      items={rules}
      panel={panel}
      newLabel={t("new")}
      columns={[
        {
          key: "messaging",
          title: t("messagingShort"),
          align: "end",
          cell: ({ capacity }) => format.number(capacity.messaging),
        },
        {
          key: "email",
          title: t("emailShort"),
          align: "end",
          cell: ({ capacity }) => format.number(capacity.email),
        },
        {
          key: "agents",
          title: t("agents"),
          align: "end",
          from: "md",
          cell: (rule) => {
            const count = bound(rule);
            return count === undefined ? "–" : format.number(count);
          },
        },
      ]}
      searched={({ name, description }) => `${name} ${description}`}
      badge={(rule) => rule.default && <Tag look="accent">{t("defaultMark")}</Tag>}
      note={(rule) => rule.description}
      summary={(rule) =>
        t("summary", { ...rule.capacity, agents: bound(rule) ?? rule.assignedAgentIds.length })
      }
      actions={(rule) => (
        <>
          <MenuItem icon={<Pencil className="size-4" />} onAction={() => panel.open(rule.id)}>
            {common("edit")}
          </MenuItem>
          <MenuItem danger icon={<Trash2 className="size-4" />} onAction={() => setDoomed(rule)}>
            {common("deleteEllipsis")}
          </MenuItem>
        </>
      )}
      count={(count) => t("count", { count })}
      searchLabel={t("search")}
      empty={{ icon: <Gauge className="size-5" />, title: t("emptyTitle"), text: t("emptyText") }}
    >
      <PanelOf panel={panel} items={rules}>
        {(rule) => (
          <CapacityPanel
            panel={panel}
            rule={rule}
            rules={rules.data ?? []}
            bound={rule && bound(rule)}
            onDelete={setDoomed}
          />
        )}
      </PanelOf>
      {doomed?.default && <DefaultStays rule={doomed} onClose={() => setDoomed(undefined)} />}
      {doomed && !doomed.default && (
        <DeleteRule rule={doomed} onClose={() => setDoomed(undefined)} onDeleted={panel.leave} />
      )}
    </SettingsPage>
  );
}

/** Explains why the default rule cannot be deleted and what to do first. */
function DefaultStays({ rule, onClose }: { rule: CapacityRule; onClose: () => void }) {
  const t = useTranslations("settings.capacity");
  const ui = useTranslations("ui");
  return (
    <Dialog
      title={t("defaultStaysTitle", { name: rule.name })}
      role="alertdialog"
      width="small"
      isOpen
      onOpenChange={onClose}
      footer={
        <Button autoFocus onPress={onClose}>
          {ui("done")}
        </Button>
      }
    >
      <p>{t("defaultStaysText")}</p>
    </Dialog>
  );
}

function DeleteRule({
  rule,
  onClose,
  onDeleted,
}: {
  rule: CapacityRule;
  onClose: () => void;
  onDeleted: () => void;
}) {
  const t = useTranslations("settings.capacity");
  const common = useTranslations("settings.common");
  const { workspace } = useWorkspace();
  const remove = useDeleteCapacityRule(workspace.id);
  const notes = useNotes();
  return (
    <DeleteDialog
      title={common("deleteTitle", { name: rule.name })}
      action={t("delete")}
      usage={capacityRuleUsageQuery(workspace.id, rule.id)}
      describe={({ agents }) => <p>{t("usage", { agents })}</p>}
      onClose={onClose}
      onConfirm={async () => {
        await remove.mutateAsync(rule.id);
        onDeleted();
        notes.deleted(rule.name);
      }}
    />
  );
}
