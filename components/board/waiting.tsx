"use client";

import { useQuery } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import { WaitingTime } from "@/components/routing/waiting-time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Link } from "@/components/ui/link";
import type { Channel } from "@/lib/availability/effective/channels";
import { queueStatusQuery } from "@/lib/routing/matching/client/queries";
import { LiveNumber } from "./live-number";
import { longestWait, waitingOn } from "./rules";

// Conversations waiting in the queues. Loaded after the board, because most users can't see routing.

/** Links to the waiting conversations of a channel. Renders nothing if the workspace has no queues. */
export function WaitingHere({ channel }: { channel: Channel }) {
  const t = useTranslations("routing.board");
  const words = useTranslations("availability.channels");
  const { workspace, href } = useWorkspace();
  const { data } = useQuery(queueStatusQuery(workspace.id));
  if (!data || data.queues.length === 0) return null;
  const count = waitingOn(data.queues, channel);
  const canNobody = count > 0 && data.queues.every(({ canTake }) => canTake[channel] === 0);
  return (
    <Link
      look="plain"
      href={href(`/queue?channel=${channel}`)}
      aria-label={t("waitingLabel", { channel: words(channel), count })}
      className="ms-auto flex items-center max-sm:-my-3 max-sm:py-3 md:max-xl:ms-0 gap-1.5 whitespace-nowrap text-muted tabular-nums wall:text-lg"
    >
      {canNobody && <TriangleAlert aria-hidden="true" className="size-4 text-danger" />}
      <span>
        {t.rich("waiting", {
          count,
          number: () => (
            <LiveNumber
              value={count}
              className={canNobody ? "font-semibold text-danger" : count > 0 ? "font-semibold text-ink" : ""}
            />
          ),
        })}
      </span>
    </Link>
  );
}

/** The longest wait of all queues, linking to its queue. */
export function LongestWait() {
  const t = useTranslations("routing.board");
  const { workspace, href } = useWorkspace();
  const { data } = useQuery(queueStatusQuery(workspace.id));
  const longest = data && longestWait(data.queues);
  if (!longest) return null;
  return (
    <Link
      look="plain"
      href={href(`/queue?queue=${longest.queueId}`)}
      className="flex min-h-6 min-w-0 items-center gap-2 text-sm max-sm:-my-2.5 max-sm:min-h-11 wall:text-base"
    >
      <span className="text-muted">{t("longest")}</span>
      <WaitingTime since={longest.waitingSince} targetSeconds={longest.targetSeconds} isLine />
    </Link>
  );
}
