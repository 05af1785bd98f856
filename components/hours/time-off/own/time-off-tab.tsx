"use client";

import { parseAsBoolean, useQueryState } from "nuqs";
import { Suspense } from "react";
import { useTranslations } from "use-intl";
import { useProfile } from "@/components/agents/profile/profile-context";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { lazyPart } from "@/components/ui/lazy-part";
import { CalendarFeeds } from "./calendar-feeds";
import { useOwnRequests, useOwnShifts, useOwnSwaps } from "./own-queries";
import { OwnRequests } from "./own-requests";
import { OwnShifts } from "./own-shifts";
import { OwnSwaps } from "./own-swaps";

const AskDialog = lazyPart(async () => (await import("../ask-dialog")).AskDialog);

/** The reader's time off, next shifts, swaps and calendar feeds. */
export function TimeOffTab() {
  const t = useTranslations("calendar.timeOff");
  const { agent } = useProfile();
  const { can } = useWorkspace();
  const [isAsking, setAsking] = useQueryState("ask", parseAsBoolean.withDefault(false));
  const mayAsk = can("own.write") || can("timeOff.write");
  const requests = useOwnRequests(agent.id);
  const swaps = useOwnSwaps(agent.id);
  const shifts = useOwnShifts(agent.id, agent.timezone);
  return (
    <div className="flex max-w-3xl flex-col gap-8">
      <section aria-labelledby="own-time-off" className="min-w-0 space-y-3">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <h2 id="own-time-off" className="font-semibold text-lg">
            {t("own.title")}
          </h2>
          {mayAsk && (
            <Button look="primary" onPress={() => void setAsking(true)}>
              {t("ask.open")}
            </Button>
          )}
        </div>
        <OwnRequests agentId={agent.id} mayChange={mayAsk} />
      </section>
      {/* Each section appears after those above it, to avoid layout shifts. */}
      {!requests.isPending && !swaps.isPending && (
        <>
          <OwnSwaps agentId={agent.id} />
          <OwnShifts agentId={agent.id} timezone={agent.timezone} mayOffer={can("own.write")} />
          {mayAsk && !shifts.isPending && <CalendarFeeds agentId={agent.id} />}
        </>
      )}
      {isAsking && mayAsk && (
        <Suspense>
          <AskDialog own={agent} onClose={() => void setAsking(null)} />
        </Suspense>
      )}
    </div>
  );
}
