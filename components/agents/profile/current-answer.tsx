"use client";

import { useQuery } from "@tanstack/react-query";
import { CloudOff } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { explanationQuery } from "@/lib/availability/effective/client/queries";
import { Answer } from "./answer";
import { useProfile } from "./profile-context";
import { ReasonAction } from "./reason-action";

/**
 * Shows what the agent can take now. `ProfileView` loads the data together with the agent and keeps it fresh.
 */
export function CurrentAnswer() {
  const t = useTranslations("availability.answer");
  const ui = useTranslations("ui");
  const { workspaceId, agent, readAt, rights, openTab } = useProfile();
  const { data, error, isFetching, refetch } = useQuery({
    ...explanationQuery(workspaceId, agent.id),
    refetchInterval: false,
  });
  if (data)
    return (
      <Answer
        explanation={data}
        isNow
        action={(reason, onDone) => <ReasonAction {...{ reason, onDone, agent, readAt, rights, openTab }} />}
      />
    );
  if (!error) return <Skeleton className="h-11 w-72 max-w-full" />;
  return (
    <div role="alert" className="flex flex-wrap items-center gap-x-3 gap-y-1 text-danger">
      <CloudOff aria-hidden="true" className="size-4 shrink-0" />
      <span className="min-w-0">{t("failed")}</span>
      <Button size="small" isPending={isFetching} onPress={() => void refetch()}>
        {ui("retry")}
      </Button>
    </div>
  );
}
