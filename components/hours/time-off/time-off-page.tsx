"use client";

import { Plus } from "lucide-react";
import { Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { AddressState } from "@/components/shell/address-state";
import { PageHeader } from "@/components/shell/page-header";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { lazyPart } from "@/components/ui/lazy-part";
import { OffCalendar } from "./off-calendar";
import { RequestList, useRequests } from "./request-list";
import { SwapDecisions } from "./swap-decisions";

const Forbidden = lazyPart(async () => (await import("@/components/settings/kit/forbidden")).Forbidden);
const AskDialog = lazyPart(async () => (await import("./ask-dialog")).AskDialog);

/** The content below the requests appears together with them, to avoid layout shifts. */
function BelowRequests({ isHeld }: { isHeld: boolean }) {
  const { can } = useWorkspace();
  const { requests, isLoaded } = useRequests(undefined, isHeld);
  if (isHeld && !isLoaded && !requests.error) return null;
  return (
    <>
      {can("calendar.write") && <SwapDecisions />}
      <OffCalendar />
    </>
  );
}

/** Open requests and who is off. Readers who can't decide see only who is off. */
export function TimeOffPage() {
  const t = useTranslations("calendar.timeOff");
  const { can } = useWorkspace();
  const [isEntering, setEntering] = useState(false);
  if (!can("agents.read"))
    return (
      <Suspense>
        <Forbidden />
      </Suspense>
    );
  const decides = can("timeOff.write");
  return (
    <AddressState>
      <div className="min-h-full bg-canvas pb-24">
        <PageHeader
          title={t("title")}
          actions={
            decides && (
              <Button look="primary" onPress={() => setEntering(true)}>
                <Plus aria-hidden="true" className="size-4" />
                {t("ask.enterOpen")}
              </Button>
            )
          }
        />
        <div className="flex max-w-7xl flex-col gap-8 px-4 sm:px-6">
          {decides && <RequestList />}
          <BelowRequests isHeld={decides} />
        </div>
        {isEntering && (
          <Suspense>
            <AskDialog onClose={() => setEntering(false)} />
          </Suspense>
        )}
      </div>
    </AddressState>
  );
}
