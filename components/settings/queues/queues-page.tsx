"use client";

import { useQuery } from "@tanstack/react-query";
import { List } from "lucide-react";
import { useTranslations } from "use-intl";
import { useDurationText } from "@/components/availability/duration-text";
import { CountLink } from "@/components/settings/kit/count-link";
import { DeleteDialog } from "@/components/settings/kit/delete-dialog";
import { Notice } from "@/components/settings/kit/notice";
import type { ResourceTable } from "@/components/settings/kit/resource";
import { resourcePage } from "@/components/settings/kit/resource-page";
import { useWorkspace } from "@/components/shell/workspace-context";
import { MenuItem } from "@/components/ui/menu";
import { Tag } from "@/components/ui/tag";
import { channels } from "@/lib/availability/effective/channels";
import { allQueuesQuery, queueUsageQuery, useDeleteQueue } from "@/lib/routing/queues/client/queries";
import type { Queue } from "@/lib/routing/queues/contract";
import { QueueDetails, QueueForm } from "./queue-panel";

const waitingIn = ({ queuedItems }: Queue) =>
  channels.reduce((total, channel) => total + queuedItems[channel], 0);

function useQueueTable(): ResourceTable<Queue> {
  const t = useTranslations("settings.queues");
  const routing = useTranslations("routing");
  const duration = useDurationText();
  const { workspace, href } = useWorkspace();
  const listOf = ({ id }: Queue) => href(`/queue?queue=${id}`);
  return {
    items: useQuery(allQueuesQuery(workspace.id)),
    columns: [
      {
        key: "waiting",
        title: t("waiting"),
        align: "end",
        cell: (queue) => (
          <CountLink
            count={waitingIn(queue)}
            href={listOf(queue)}
            label={routing("chooseQueue", { name: queue.name })}
          />
        ),
      },
      {
        key: "target",
        title: t("targetShort"),
        align: "end",
        cell: ({ targetSeconds }) => duration(targetSeconds),
      },
      {
        key: "offerMode",
        title: t("mode"),
        from: "md",
        cell: ({ offerMode }) => t(`offerModes.${offerMode}`),
      },
      {
        key: "strategy",
        title: t("strategy"),
        from: "lg",
        cell: ({ strategy }) => t(`strategies.${strategy}`),
      },
    ],
    searched: ({ name, description }) => `${name} ${description ?? ""}`,
    badge: (queue) => queue.default && <Tag look="accent">{t("defaultMark")}</Tag>,
    note: ({ description }) => description,
    summary: (queue) => t("summary", { waiting: waitingIn(queue), target: duration(queue.targetSeconds) }),
    menu: (queue) => (
      <MenuItem icon={<List className="size-4" />} href={listOf(queue)}>
        {t("showWaiting")}
      </MenuItem>
    ),
  };
}

/** Deletes a queue. While conversations wait in it, says what to do first. */
function DeleteQueue({ item: queue }: { item: Queue }) {
  const t = useTranslations("settings.queues");
  const ui = useTranslations("ui");
  const { workspace } = useWorkspace();
  const remove = useDeleteQueue(workspace.id);
  const waiting = waitingIn(queue);
  if (waiting > 0)
    return (
      <Notice title={t("inUseTitle", { name: queue.name })} closeLabel={ui("done")}>
        {t("inUse", { waiting })}
      </Notice>
    );
  return (
    <DeleteDialog
      item={queue}
      action={t("delete")}
      usage={queueUsageQuery(workspace.id, queue.id)}
      remove={remove}
    >
      {(usage) => (
        <p>
          {usage.waiting > 0
            ? t("inUse", { waiting: usage.waiting })
            : t("usage", { assigned: usage.assigned })}
        </p>
      )}
    </DeleteDialog>
  );
}

export const QueuesPage = resourcePage({
  name: "queues",
  write: "routing.write",
  useTable: useQueueTable,
  Form: QueueForm,
  Details: QueueDetails,
  Delete: DeleteQueue,
});
