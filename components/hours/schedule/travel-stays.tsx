"use client";

import { useQuery } from "@tanstack/react-query";
import { Plane, Plus, X } from "lucide-react";
import { Suspense } from "react";
import { DialogTrigger } from "react-aria-components/Dialog";
import { useLocale, useTranslations } from "use-intl";
import { useCityOf } from "@/components/agents/profile/use-city-of";
import { PartFailed } from "@/components/shell/part-failed";
import { useProblemText } from "@/components/shell/problem-text";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { lazyPart } from "@/components/ui/lazy-part";
import { Popover } from "@/components/ui/popover";
import { Skeleton } from "@/components/ui/skeleton";
import { notify } from "@/components/ui/toast";
import { travelQuery, useSetTravel } from "@/lib/hours/weeks/client/queries";
import type { Travel } from "@/lib/hours/weeks/contract";
import { travelLimit } from "@/lib/hours/weeks/values";
import { epochDay } from "@/lib/platform/time/calendar";
import { formatDays } from "@/lib/platform/time/format";

// Loaded when it opens.
const NewStay = lazyPart(async () => (await import("./new-stay")).NewStay);

type Stay = Travel["travel"][number];

/** Edits the periods in which the agent's dates are read in another time zone. */
export function TravelStays({
  workspaceId,
  agentId,
  today,
  canEdit,
}: {
  workspaceId: string;
  agentId: string;
  /** Local epoch day. */
  today: number;
  canEdit: boolean;
}) {
  const t = useTranslations("schedule.travel");
  const ui = useTranslations("ui");
  const locale = useLocale();
  const cityOf = useCityOf();
  const problemText = useProblemText();
  const { data, error, refetch } = useQuery(travelQuery(workspaceId, agentId));
  const { mutate } = useSetTravel(workspaceId, agentId);
  const stays = data?.data.travel;
  const words = ({ timezone, from, to }: Stay) =>
    t("stay", {
      city: cityOf(timezone),
      dates: formatDays(locale, epochDay(from), epochDay(to), {
        day: "numeric",
        month: "long",
        year: "numeric",
      }),
    });

  function save(travel: Stay[], title: string, before?: Stay[], etag = data?.etag) {
    mutate(
      { travel, etag },
      {
        onSuccess: (answer) =>
          notify({
            kind: "success",
            title,
            action: before && {
              label: ui("undo"),
              run: () => save(before, t("undone"), undefined, answer.etag),
            },
          }),
        onError: (failure) => notify({ kind: "error", title: t("failed"), detail: problemText(failure) }),
      },
    );
  }

  return (
    <section aria-label={t("title")} className="flex flex-col gap-2">
      <div className="flex items-start justify-between gap-4">
        <div>
          <h2 className="font-semibold text-lg">{t("title")}</h2>
          <p className="text-muted text-sm">{t("help")}</p>
        </div>
        {canEdit && stays && (
          <DialogTrigger>
            <Button isDisabled={stays.length >= travelLimit}>
              <Plus aria-hidden="true" className="size-4" />
              {t("add")}
            </Button>
            <Popover label={t("add")} placement="bottom end">
              {(close) => (
                <Suspense fallback={<Skeleton className="m-4 h-56 w-72" />}>
                  <NewStay
                    today={today}
                    stays={stays}
                    onAdd={(stay) => {
                      save([...stays, stay], t("added", { stay: words(stay) }), stays);
                      close();
                    }}
                  />
                </Suspense>
              )}
            </Popover>
          </DialogTrigger>
        )}
      </div>
      {stays ? (
        stays.length > 0 && (
          <ul className="divide-y divide-line border-line border-y">
            {stays.map((stay) => (
              <li key={stay.from} className="flex min-h-11 items-center gap-3">
                <Plane aria-hidden="true" className="size-4 shrink-0 text-muted" />
                <span className="min-w-0 flex-1">{words(stay)}</span>
                {canEdit && (
                  <IconButton
                    label={t("remove", { stay: words(stay) })}
                    onPress={() =>
                      save(
                        stays.filter((each) => each !== stay),
                        t("removed", { stay: words(stay) }),
                        stays,
                      )
                    }
                  >
                    <X aria-hidden="true" className="size-4" />
                  </IconButton>
                )}
              </li>
            ))}
          </ul>
        )
      ) : error ? (
        <PartFailed error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton className="h-11" />
      )}
    </section>
  );
}
