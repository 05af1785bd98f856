"use client";

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { History as HistoryIcon } from "lucide-react";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { Fragment, useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { PartFailed } from "@/components/shell/part-failed";
import { useFormatter } from "@/components/shell/time";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Option, Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { ledgerKeys } from "@/lib/platform/client/cache-keys";
import { agentChangesQuery } from "@/lib/records/ledger/client/queries";
import { ChangeEntry } from "./change-entry";
import { useProfile } from "./profile-context";
import { profileFields } from "./profile-fields";
import { useFieldName } from "./use-field-words";

/**
 * The properties recorded in the ledger, in the order of the tabs. Teams are recorded as members of teams.
 */
const recorded = [
  ...(["status", "activity", "activityText", "activityTtl", "avatarUrl"] as const),
  ...profileFields.filter((field) => field !== "teamIds"),
  ...(["weeklySchedule", "travel", "override", "holidayCalendars", "rotation"] as const),
  "roles",
] as const;

const actions = ["created", "updated"] as const;
const any = "any";

/** The agent's changes, newest first. */
export function HistoryTab() {
  const t = useTranslations("profile.history");
  const format = useFormatter();
  const fieldName = useFieldName();
  const { workspaceId, agent } = useProfile();
  const [{ field, action }, setFilter] = useQueryStates({
    field: parseAsString,
    action: parseAsStringLiteral(actions),
  });
  const query = useInfiniteQuery(
    agentChangesQuery(workspaceId, agent.id, {
      ...(field ? { field } : {}),
      ...(action ? { action } : {}),
    }),
  );
  useNewEntries(workspaceId, agent);
  const changes = query.data?.pages.flatMap((page) => page.results) ?? [];
  const isNarrowed = field !== null || action !== null;
  const dayOf = (instant: string) => format.dateTime(new Date(instant), { dateStyle: "full" });

  return (
    <div className="flex max-w-3xl flex-col gap-5">
      <div className="grid grid-cols-2 gap-3 sm:flex">
        <Select
          label={t("field")}
          className="sm:w-48"
          value={field ?? any}
          onChange={(id) => void setFilter({ field: id === any ? null : String(id) })}
        >
          <Option id={any}>{t("anyField")}</Option>
          {recorded.map((each) => (
            <Option key={each} id={each}>
              {fieldName(each)}
            </Option>
          ))}
        </Select>
        <Select
          label={t("action")}
          className="sm:w-40"
          value={action ?? any}
          onChange={(id) => void setFilter({ action: actions.find((each) => each === id) ?? null })}
        >
          <Option id={any}>{t("anyAction")}</Option>
          {actions.map((each) => (
            <Option key={each} id={each}>
              {t(each)}
            </Option>
          ))}
        </Select>
      </div>

      {query.isPending ? (
        <div className="flex flex-col gap-3">
          {["a", "b", "c", "d", "e", "f"].map((each) => (
            <Skeleton key={each} className="h-14" />
          ))}
        </div>
      ) : query.isError && changes.length === 0 ? (
        <PartFailed error={query.error} onRetry={() => void query.refetch()}>
          {t("failed")}
        </PartFailed>
      ) : changes.length === 0 ? (
        <EmptyState
          icon={<HistoryIcon className="size-5" />}
          title={isNarrowed ? t("noneMatch") : t("empty")}
          action={
            isNarrowed && (
              <Button onPress={() => void setFilter({ field: null, action: null })}>{t("showAll")}</Button>
            )
          }
        >
          {isNarrowed ? t("noneMatchBody") : t("emptyBody")}
        </EmptyState>
      ) : (
        <ol className="flex flex-col">
          {changes.map((change, index) => {
            const day = dayOf(change.createdAt);
            const before = changes[index - 1];
            return (
              <Fragment key={change.id}>
                {(!before || dayOf(before.createdAt) !== day) && (
                  <li className="pt-4 pb-2 first:pt-0">
                    <h2 className="font-medium text-muted text-sm">{day}</h2>
                  </li>
                )}
                <ChangeEntry change={change} timezone={agent.timezone} />
              </Fragment>
            );
          })}
        </ol>
      )}
      {query.hasNextPage && (
        <Button
          className="self-center"
          isPending={query.isFetchingNextPage}
          onPress={() => void query.fetchNextPage()}
        >
          {t("more")}
        </Button>
      )}
      {changes.length > 0 && !query.hasNextPage && (
        <p className="text-center text-muted text-sm">{t("end")}</p>
      )}
    </div>
  );
}

/** Refetches the history whenever the agent changes. */
function useNewEntries(workspaceId: string, { id, updatedAt }: { id: string; updatedAt: string }) {
  const client = useQueryClient();
  const seen = useRef(updatedAt);
  useEffect(() => {
    if (seen.current === updatedAt) return;
    seen.current = updatedAt;
    void client.invalidateQueries({ queryKey: ledgerKeys.agent(workspaceId, id) });
  }, [client, workspaceId, id, updatedAt]);
}
