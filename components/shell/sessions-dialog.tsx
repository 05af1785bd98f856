"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Monitor } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useFormatter, useNow } from "@/components/shell/time";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { Tag } from "@/components/ui/tag";
import { notify } from "@/components/ui/toast";
import { endOtherSessions, endSession } from "@/lib/access/sessions/client/calls";
import { sessionsQuery } from "@/lib/access/sessions/client/queries";
import type { Session } from "@/lib/access/sessions/contract";
import { deviceOf } from "@/lib/access/sessions/device";
import { RequestError } from "@/lib/platform/client/client";
import { request } from "@/lib/platform/client/request";
import { PresenceSessions } from "./presence-sessions";
import { useProblemText } from "./problem-text";
import { useWorkspace } from "./workspace-context";

/** Lists the person's sessions and ends them. */
export function SessionsDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("shell.sessions");
  const { agentId, can } = useWorkspace();
  const problemText = useProblemText();
  const client = useQueryClient();
  const sessions = useQuery(sessionsQuery());
  const [busy, setBusy] = useState<string>();
  const [problem, setProblem] = useState<unknown>();
  const others = sessions.data?.filter(({ current }) => !current) ?? [];

  async function run(name: string, work: () => Promise<unknown>, done: string) {
    setBusy(name);
    setProblem(undefined);
    try {
      await work();
      notify({ kind: "success", title: done });
    } catch (error) {
      setProblem(error);
    }
    await client.invalidateQueries(sessionsQuery());
    setBusy(undefined);
  }

  const end = (sessionId: string) =>
    run(
      sessionId,
      () =>
        request(endSession, { params: { sessionId } }).catch((error: unknown) => {
          // It ended in the meantime, which is the desired result.
          if (!(error instanceof RequestError && error.code === "SessionNotFound")) throw error;
        }),
      t("ended"),
    );

  return (
    <Dialog
      title={t("title")}
      isOpen
      onOpenChange={onClose}
      footer={
        <Button
          isDisabled={others.length === 0 || busy !== undefined}
          isPending={busy === "others"}
          onPress={() =>
            void run("others", () => request(endOtherSessions, { params: {} }), t("othersEnded"))
          }
        >
          {t("endOthers")}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <p className="text-muted">{t("hint")}</p>
        {(problem !== undefined || sessions.isError) && (
          <Callout look="danger" role="alert">
            {problemText(problem ?? sessions.error)}
          </Callout>
        )}
        {sessions.isPending && <Skeleton className="h-16 w-full" />}
        {sessions.data && (
          <ul aria-label={t("list")} className="flex flex-col divide-y divide-line">
            {sessions.data.map((session) => (
              <SessionRow
                key={session.id}
                session={session}
                isBusy={busy === session.id}
                isDisabled={busy !== undefined}
                onEnd={() => void end(session.id)}
              />
            ))}
          </ul>
        )}
        {sessions.data && others.length === 0 && <p className="text-muted">{t("only")}</p>}
        {agentId !== undefined && can("own.write") && <PresenceSessions agentId={agentId} />}
      </div>
    </Dialog>
  );
}

function SessionRow({
  session,
  isBusy,
  isDisabled,
  onEnd,
}: {
  session: Session;
  isBusy: boolean;
  isDisabled: boolean;
  onEnd: () => void;
}) {
  const t = useTranslations("shell.sessions");
  const format = useFormatter();
  const now = useNow({ updateInterval: 60_000 });
  const device = deviceOf(session.userAgent);
  const name = device ? t("device", { ...device }) : t("unknown");
  const ago = (instant: string) => format.relativeTime(new Date(instant), now);
  return (
    <li className="flex items-start gap-3 py-3">
      <Monitor aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium">{name}</span>
          {session.current && <Tag look="accent">{t("current")}</Tag>}
        </p>
        <p className="text-muted">
          {[
            t("seen", { time: ago(session.lastSeenAt) }),
            t("since", { time: ago(session.createdAt) }),
            // Isolated, so that an IP address keeps its order in right-to-left text.
            session.address && t("from", { address: `\u2066${session.address}\u2069` }),
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
      </div>
      {!session.current && (
        <Button
          aria-label={t("endNamed", { device: name })}
          isPending={isBusy}
          isDisabled={isDisabled}
          onPress={onEnd}
        >
          {t("end")}
        </Button>
      )}
    </li>
  );
}
