"use client";

import { useQuery } from "@tanstack/react-query";
import { CloudOff, UserRoundX } from "lucide-react";
import { usePathname } from "next/navigation";
import { useEffect, useMemo } from "react";
import { Link } from "react-aria-components/Link";
import { useTranslations } from "use-intl";
import { AddressState } from "@/components/shell/address-state";
import { useIsArrival } from "@/components/shell/arrival";
import { MessagePage } from "@/components/shell/message-page";
import { useProblemText } from "@/components/shell/problem-text";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button, buttonClasses } from "@/components/ui/button";
import { agentQuery } from "@/lib/agents/agents/client/queries";
import { scheduleQuery } from "@/lib/hours/weeks/client/queries";
import { RequestError } from "@/lib/platform/client/client";
import { pageTime } from "@/lib/platform/client/page-clock";
import { ProfileEditor } from "./profile-editor";
import { ProfileSkeleton } from "./profile-skeleton";
import { useExplanation } from "./use-explanation";

/** Loads an agent and shows the profile, a placeholder or an error. */
export function ProfileView({ agentId }: { agentId: string }) {
  const { workspace, can, href } = useWorkspace();
  const path = usePathname();
  const { data, dataUpdatedAt, error, refetch, isFetching } = useQuery({
    ...agentQuery(workspace.id, agentId),
    refetchInterval: 30_000,
  });
  const schedule = useQuery({
    ...scheduleQuery(workspace.id, agentId),
    // Events refetch it for people who may read agents; others receive none.
    refetchInterval: can("agents.read") ? false : 30_000,
  });
  const answer = useExplanation(workspace.id, agentId, data);
  const read = useMemo(
    () => data && schedule.data && { agent: data, schedule: schedule.data },
    [data, schedule.data],
  );
  const isArrival = useIsArrival(agentId);
  const name = data?.data.name;
  useEffect(() => {
    if (name) document.title = `${name} · Rollcall`;
  }, [name]);

  const status = error instanceof RequestError ? error.status : undefined;
  if (status === 404 || status === 400) return <Missing />;
  // Wait for the explanation too: the header shows it, and its height depends on it.
  if (read && !answer.isLoading)
    return (
      <AddressState>
        <ProfileEditor
          key={read.agent.data.id}
          workspaceId={workspace.id}
          read={read}
          readAt={pageTime(dataUpdatedAt)}
          takesFocus={isArrival}
        />
      </AddressState>
    );
  const failure = error ?? schedule.error;
  if (failure)
    return (
      <Failed
        error={failure}
        isRetrying={isFetching || schedule.isFetching}
        onRetry={() => void Promise.all([refetch(), schedule.refetch()])}
      />
    );
  return <ProfileSkeleton hasWays={can("agents.read") && path.startsWith(href("/agents"))} />;
}

/** The signed-in person's own profile. */
export function OwnProfileView() {
  const t = useTranslations("profile.noAgent");
  const { agentId, workspace, workspaces, can } = useWorkspace();
  if (agentId) return <ProfileView agentId={agentId} />;
  return (
    <MessagePage
      icon={<UserRoundX className="size-5" />}
      title={t("title")}
      action={can("agents.read") && <ToList label={t("list")} />}
    >
      {t("body", { workspace: workspace.name })}
      {workspaces.length > 1 && ` ${t("elsewhere")}`}
    </MessagePage>
  );
}

function Missing() {
  const t = useTranslations("profile.missing");
  return (
    <MessagePage
      icon={<UserRoundX className="size-5" />}
      title={t("title")}
      action={<ToList label={t("back")} />}
    >
      {t("body")}
    </MessagePage>
  );
}

function Failed({
  error,
  isRetrying,
  onRetry,
}: {
  error: unknown;
  isRetrying: boolean;
  onRetry: () => void;
}) {
  const t = useTranslations("profile.failed");
  const problemText = useProblemText();
  return (
    <div role="alert">
      <MessagePage
        icon={<CloudOff className="size-5" />}
        title={t("title")}
        action={
          <Button isPending={isRetrying} onPress={onRetry}>
            {t("retry")}
          </Button>
        }
      >
        {problemText(error)}
      </MessagePage>
    </div>
  );
}

function ToList({ label }: { label: string }) {
  const { href } = useWorkspace();
  return (
    <Link href={href("/agents")} className={buttonClasses()}>
      {label}
    </Link>
  );
}
