"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Code, Monitor, Smartphone } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useFormatter, useNow } from "@/components/shell/time";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Tag } from "@/components/ui/tag";
import { notify } from "@/components/ui/toast";
import { deletePresenceSession } from "@/lib/availability/presence/client/calls";
import { ownPresenceQuery } from "@/lib/availability/presence/client/queries";
import { RequestError } from "@/lib/platform/client/client";
import { request } from "@/lib/platform/client/request";
import { sessionOf } from "./presence";
import { useProblemText } from "./problem-text";
import { useWorkspace } from "./workspace-context";

const icons = { desktop: Monitor, mobile: Smartphone, api: Code };

/** Lists an agent's presence sessions and lets the user end stale ones. */
export function PresenceSessions({ agentId }: { agentId: string }) {
  const t = useTranslations("shell.presence");
  const problemText = useProblemText();
  const format = useFormatter();
  const now = useNow({ updateInterval: 60_000 });
  const client = useQueryClient();
  const { workspace } = useWorkspace();
  const query = ownPresenceQuery(workspace.id);
  const sessions = useQuery(query);
  const [busy, setBusy] = useState<string>();
  const [problem, setProblem] = useState<unknown>();
  const own = sessionOf(agentId).id;

  async function end(sessionId: string) {
    setBusy(sessionId);
    setProblem(undefined);
    try {
      await request(deletePresenceSession, {
        params: { workspaceId: workspace.id, agentId: "me", sessionId },
      });
      notify({ kind: "success", title: t("ended") });
    } catch (error) {
      // It expired in the meantime, which is the desired result.
      if (!(error instanceof RequestError && error.code === "SessionNotFound")) setProblem(error);
    }
    await client.invalidateQueries(query);
    setBusy(undefined);
  }

  return (
    <section aria-labelledby="presence-sessions" className="flex flex-col gap-2">
      <h3 id="presence-sessions" className="font-semibold">
        {t("title")}
      </h3>
      <p className="text-muted">{t("hint")}</p>
      {(problem !== undefined || sessions.isError) && (
        <Callout look="danger" role="alert">
          {problemText(problem ?? sessions.error)}
        </Callout>
      )}
      {sessions.data && (
        <ul aria-label={t("title")} className="flex flex-col divide-y divide-line">
          {sessions.data.map(({ id, device, lastSeenAt }) => {
            const Icon = icons[device];
            return (
              <li key={id} className="flex min-h-12 items-center gap-3 py-2">
                <Icon aria-hidden="true" className="size-4 shrink-0 text-muted" />
                <p className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2">
                  <span className="font-medium">{t(`devices.${device}`)}</span>
                  {id === own && <Tag look="accent">{t("current")}</Tag>}
                  <span className="text-muted">
                    {t("seen", { time: format.relativeTime(new Date(lastSeenAt), now) })}
                  </span>
                </p>
                {id !== own && (
                  <Button
                    aria-label={t("endNamed", { device: t(`devices.${device}`) })}
                    isPending={busy === id}
                    isDisabled={busy !== undefined}
                    onPress={() => void end(id)}
                  >
                    {t("end")}
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
