"use client";

import { useTranslations } from "use-intl";
import { DeleteDialog } from "@/components/settings/kit/delete-dialog";
import { Notice } from "@/components/settings/kit/notice";
import type { ResourceTable } from "@/components/settings/kit/resource";
import { resourcePage } from "@/components/settings/kit/resource-page";
import { useFormatter } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Tag } from "@/components/ui/tag";
import { capacityRuleUsageQuery, useDeleteCapacityRule } from "@/lib/workforce/capacity/client/queries";
import type { CapacityRule } from "@/lib/workforce/capacity/contract";
import { CapacityDetails, CapacityForm } from "./capacity-panel";
import { useCapacityRules } from "./use-capacity-rules";

function useCapacityTable(): ResourceTable<CapacityRule> {
  const t = useTranslations("settings.capacity");
  const format = useFormatter();
  const { rules, bound } = useCapacityRules();
  return {
    items: rules,
    columns: [
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
    ],
    searched: ({ name, description }) => `${name} ${description}`,
    badge: (rule) => rule.default && <Tag look="accent">{t("defaultMark")}</Tag>,
    note: (rule) => rule.description,
    summary: (rule) =>
      t("summary", { ...rule.capacity, agents: bound(rule) ?? rule.assignedAgentIds.length }),
  };
}

/** Deletes a rule. For the default rule, which cannot be deleted, says what to do first. */
function DeleteRule({ item: rule }: { item: CapacityRule }) {
  const t = useTranslations("settings.capacity");
  const ui = useTranslations("ui");
  const { workspace } = useWorkspace();
  const remove = useDeleteCapacityRule(workspace.id);
  if (rule.default)
    return (
      <Notice title={t("defaultStaysTitle", { name: rule.name })} closeLabel={ui("done")}>
        {t("defaultStaysText")}
      </Notice>
    );
  return (
    <DeleteDialog
      item={rule}
      action={t("delete")}
      usage={capacityRuleUsageQuery(workspace.id, rule.id)}
      remove={remove}
    >
      {({ agents }) => <p>{t("usage", { agents })}</p>}
    </DeleteDialog>
  );
}

export const CapacityPage = resourcePage({
  name: "capacity",
  useTable: useCapacityTable,
  Form: CapacityForm,
  Details: CapacityDetails,
  Delete: DeleteRule,
});
