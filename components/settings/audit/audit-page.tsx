"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Download, ScrollText } from "lucide-react";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Failed } from "@/components/settings/kit/failed";
import { useNotes } from "@/components/settings/kit/notes";
import { PageHeader } from "@/components/shell/page-header";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Option, Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { allAccessKeysQuery } from "@/lib/access/access-keys/client/queries";
import { allPeopleQuery } from "@/lib/access/people/client/queries";
import { type AuditFilter, auditEventsQuery, readAuditCsv } from "@/lib/records/audit/client/queries";
import { actionsOf, auditKinds } from "./audit-kinds";
import { AuditTable } from "./audit-table";

const any = "any";

export function AuditPage() {
  const t = useTranslations("audit");
  const shell = useTranslations("shell.settings");
  const { workspace } = useWorkspace();
  const [{ kind, actor }, setFilter] = useQueryStates({
    kind: parseAsStringLiteral(auditKinds),
    actor: parseAsString,
  });
  const filter: AuditFilter = {
    ...(kind ? { actions: actionsOf(kind) } : {}),
    ...(actor ? { actorId: actor } : {}),
  };
  const query = useInfiniteQuery(auditEventsQuery(workspace.id, filter));
  const events = query.data?.pages.flatMap((page) => page.results) ?? [];
  const isNarrowed = kind !== null || actor !== null;

  return (
    <>
      <PageHeader
        title={shell("audit")}
        hint={t("hint")}
        actions={events.length > 0 && <ExportButton filter={filter} />}
      />
      <div className="grid grid-cols-2 gap-3 px-4 pb-4 sm:flex sm:px-6">
        <Select
          label={t("kind")}
          className="sm:w-48"
          value={kind ?? any}
          onChange={(id) => void setFilter({ kind: auditKinds.find((each) => each === id) ?? null })}
        >
          <Option id={any}>{t("anyKind")}</Option>
          {auditKinds.map((each) => (
            <Option key={each} id={each}>
              {t(`kinds.${each}`)}
            </Option>
          ))}
        </Select>
        <ActorSelect actor={actor} onChange={(id) => void setFilter({ actor: id })} />
      </div>
      {query.isPending ? (
        <div aria-busy="true" className="flex flex-col gap-3 px-4 sm:px-6">
          {["a", "b", "c", "d", "e", "f"].map((each) => (
            <Skeleton key={each} className="h-10" />
          ))}
        </div>
      ) : query.isError && events.length === 0 ? (
        <Failed error={query.error} isRetrying={query.isFetching} onRetry={() => void query.refetch()} />
      ) : events.length === 0 ? (
        <EmptyState
          icon={<ScrollText className="size-5" />}
          title={t(isNarrowed ? "noneMatch" : "empty")}
          action={
            isNarrowed && (
              <Button onPress={() => void setFilter({ kind: null, actor: null })}>{t("showAll")}</Button>
            )
          }
        >
          {t(isNarrowed ? "noneMatchText" : "emptyText")}
        </EmptyState>
      ) : (
        <AuditTable events={events} />
      )}
      {query.hasNextPage && (
        <p className="px-4 py-3 text-center sm:px-6">
          <Button
            look="quiet"
            isPending={query.isFetchingNextPage}
            onPress={() => void query.fetchNextPage()}
          >
            {t("more")}
          </Button>
        </p>
      )}
    </>
  );
}

/** Filters by actor: the people and access keys that the reader may see. */
function ActorSelect({ actor, onChange }: { actor: string | null; onChange: (id: string | null) => void }) {
  const t = useTranslations("audit");
  const { workspace, can } = useWorkspace();
  const people = useQuery({ ...allPeopleQuery(workspace.id), enabled: can("people.write") });
  const keys = useQuery({ ...allAccessKeysQuery(workspace.id), enabled: can("keys.write") });
  if (!can("people.write") && !can("keys.write")) return null;
  const actors = [...(people.data ?? []), ...(keys.data ?? [])].sort((a, b) => a.name.localeCompare(b.name));
  return (
    <Select
      label={t("actor")}
      className="sm:w-56"
      value={actor ?? any}
      onChange={(id) => onChange(id === any ? null : String(id))}
    >
      <Option id={any}>{t("anyActor")}</Option>
      {actors.map(({ id, name }) => (
        <Option key={id} id={id}>
          {name}
        </Option>
      ))}
    </Select>
  );
}

function ExportButton({ filter }: { filter: AuditFilter }) {
  const t = useTranslations("audit");
  const { workspace } = useWorkspace();
  const notes = useNotes();
  const [isPending, setPending] = useState(false);

  async function save() {
    setPending(true);
    try {
      const address = URL.createObjectURL(await readAuditCsv(workspace.id, filter));
      const link = document.createElement("a");
      link.href = address;
      link.download = `${workspace.slug}-audit-${new Date().toISOString().slice(0, 10)}.csv`;
      link.click();
      URL.revokeObjectURL(address);
    } catch (error) {
      notes.failed(error);
    } finally {
      setPending(false);
    }
  }

  return (
    <Button isPending={isPending} onPress={() => void save()}>
      <Download aria-hidden="true" className="size-4" />
      <span className="max-sm:sr-only">{t("export")}</span>
    </Button>
  );
}
