"use client";

import { useQuery } from "@tanstack/react-query";
import { Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { useProblemText } from "@/components/shell/problem-text";
import { useFormatter } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog } from "@/components/ui/dialog";
import { lazyPart } from "@/components/ui/lazy-part";
import { notify } from "@/components/ui/toast";
import { calendarFeedsQuery } from "@/lib/hours/time-off/client/queries";
import { useCreateCalendarFeed, useRevokeCalendarFeed } from "@/lib/hours/time-off/client/writes";

const Copyable = lazyPart(async () => (await import("@/components/settings/kit/one-time-secret")).Copyable);

/** Secret addresses for calendar programs. */
export function CalendarFeeds({ agentId }: { agentId: string }) {
  const t = useTranslations("calendar.timeOff.feed");
  const ui = useTranslations("ui");
  const problemText = useProblemText();
  const format = useFormatter();
  const { workspace } = useWorkspace();
  const { data } = useQuery(calendarFeedsQuery(workspace.id, agentId));
  const create = useCreateCalendarFeed(workspace.id, agentId);
  const revoke = useRevokeCalendarFeed(workspace.id, agentId);
  const [address, setAddress] = useState<string>();
  const [revoked, setRevoked] = useState<string>();
  const day = (instant: string) => format.dateTime(Date.parse(instant), { dateStyle: "medium" });
  const failed = (title: string) => (error: unknown) => {
    notify({ kind: "error", title, detail: problemText(error) });
  };
  return (
    <section aria-labelledby="feed" className="min-w-0 space-y-3">
      <div>
        <h2 id="feed" className="font-semibold text-lg">
          {t("title")}
        </h2>
        <p className="text-muted text-sm">{t("text")}</p>
      </div>
      {data && data.results.length > 0 && (
        <ul className="divide-y divide-line rounded-xl border border-line bg-surface">
          {data.results.map((feed) => (
            <li key={feed.id} className="flex items-center gap-3 p-3">
              <p className="min-w-0 flex-1">
                {t("created", { date: day(feed.createdAt) })}
                <span className="block text-muted text-sm">
                  {feed.lastUsedAt ? t("used", { date: day(feed.lastUsedAt) }) : t("unused")}
                </span>
              </p>
              <Button look="quiet" onPress={() => setRevoked(feed.id)}>
                {t("revoke")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Button
        isPending={create.isPending}
        onPress={() => void create.mutateAsync().then(({ url }) => setAddress(url), failed(t("notCreated")))}
      >
        {t("create")}
      </Button>
      {address && (
        <Dialog
          title={t("shownTitle")}
          isOpen
          isBlocking
          onOpenChange={() => setAddress(undefined)}
          footer={
            <Button look="primary" onPress={() => setAddress(undefined)}>
              {ui("done")}
            </Button>
          }
        >
          <div className="space-y-4">
            <Callout look="warning">{t("shownText")}</Callout>
            <Suspense>
              <Copyable label={t("address")} code={address} isFirst />
            </Suspense>
          </div>
        </Dialog>
      )}
      {revoked && (
        <ConfirmDialog
          title={t("revokeTitle")}
          action={t("revokeAction")}
          isOpen
          onOpenChange={() => setRevoked(undefined)}
          onConfirm={async () => {
            await revoke
              .mutateAsync(revoked)
              .then(() => notify({ kind: "success", title: t("revoked") }), failed(t("notRevoked")));
            setRevoked(undefined);
          }}
        >
          {t("revokeText")}
        </ConfirmDialog>
      )}
    </section>
  );
}
