"use client";

import { UsersRound } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { LoadFailed, RefetchFailed } from "@/components/shell/load-failed";
import { useFormatter } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { buttonClasses } from "@/components/ui/button-classes";
import { EmptyState } from "@/components/ui/empty-state";
import { useOnline } from "@/components/ui/use-media";
import { newAgentPath } from "./links";

// Shown instead of the numbers, or above them. Loaded on demand.

/** A warning that the numbers are outdated. Hidden while offline, when the shell shows its own notice. */
export function Stale({ error, at, onRetry }: { error: unknown; at: string; onRetry: () => void }) {
  const t = useTranslations("board");
  const format = useFormatter();
  const isOnline = useOnline();
  if (!isOnline) return null;
  const time = format.dateTime(Date.parse(at), { timeStyle: "medium" });
  return (
    <div className="mb-3 border-line border-t">
      <RefetchFailed text={t("stale", { time })} error={error} onRetry={onRetry} />
    </div>
  );
}

/** The error state of the first load. */
export function BoardFailed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useTranslations("board");
  return <LoadFailed isPage title={t("failed")} error={error} onRetry={onRetry} />;
}

export function NoAgents() {
  const t = useTranslations("board");
  const agents = useTranslations("agents.empty");
  const { can, href } = useWorkspace();
  return (
    <EmptyState
      isPage
      icon={<UsersRound className="size-5" />}
      title={agents("none")}
      action={
        can("agents.write") && (
          <Link href={href(newAgentPath)} className={buttonClasses("primary")}>
            {agents("create")}
          </Link>
        )
      }
    >
      {t("noAgents")}
    </EmptyState>
  );
}
