"use client";

import { Check, Plus } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { ListBox, ListBoxItem } from "react-aria-components/ListBox";
import { useTranslations } from "use-intl";
import { useProblemText } from "@/components/shell/problem-text";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { classes } from "@/components/ui/classes";
import { SearchField } from "@/components/ui/search-field";
import { Skeleton } from "@/components/ui/skeleton";
import { useDebounced } from "@/components/ui/use-debounced";
import { smallPicture } from "@/lib/workforce/media/rules";
import { chunkSize, type Face, useFaces, useFoundAgents } from "./agent-search";

/**
 * Selects members. Without a search it shows the members, 100 at a time; with one, all matching agents.
 * Removed members stay visible until the form is saved.
 */
export function AgentPicker({
  label,
  help,
  value,
  initial,
  onChange,
  hint,
  error,
}: {
  label: string;
  help?: ReactNode;
  value: readonly string[];
  /** The members before any change. */
  initial: readonly string[];
  onChange: (ids: string[]) => void;
  /** Returns the short text at the end of an agent's row. */
  hint?: (agentId: string) => string | undefined;
  error?: string | undefined;
}) {
  const t = useTranslations("settings.picker");
  const problemText = useProblemText();
  const labelId = useId();
  const [search, setSearch] = useState("");
  const wanted = useDebounced(search.trim());
  const [count, setCount] = useState(chunkSize);
  /** Members added from search results, latest first. */
  const [met, setMet] = useState<Face[]>([]);
  const members = useFaces(initial, count);
  const found = useFoundAgents(wanted);

  const isSearching = wanted !== "";
  const known = new Set(initial);
  const rows = isSearching
    ? (found.data?.agents ?? [])
    : [...met.filter(({ id }) => !known.has(id)), ...members.faces];
  const isLoading = isSearching ? found.isPending : members.isPending;
  const failure = isSearching ? found.error : members.error;
  const more = isSearching ? 0 : Math.max(initial.length - count, 0);
  const beyond = isSearching && found.data ? found.data.total - found.data.agents.length : 0;

  function choose(keys: "all" | Iterable<string | number>) {
    const chosen = new Set(keys === "all" ? [...value, ...rows.map(({ id }) => id)] : [...keys].map(String));
    const before = new Set(value);
    const added = rows.filter(({ id }) => chosen.has(id) && !before.has(id));
    setMet((faces) => [...added, ...faces.filter(({ id }) => !added.some((each) => each.id === id))]);
    // Keeps the initial order, so that an undone change leaves the form unchanged.
    onChange([...initial.filter((id) => chosen.has(id)), ...[...chosen].filter((id) => !known.has(id))]);
  }

  return (
    <section aria-labelledby={labelId} className="flex min-w-0 flex-col gap-1.5">
      <div className="flex items-baseline justify-between gap-3">
        <h3 id={labelId} className="font-medium text-sm">
          {label}
        </h3>
        <span role="status" className="text-muted text-sm tabular-nums">
          {t("chosen", { count: value.length })}
        </span>
      </div>
      <SearchField
        label={t("search")}
        placeholder={t("search")}
        value={search}
        onChange={setSearch}
        onKeyDown={(event) => {
          // Enter would submit the form.
          if (event.key === "Enter") event.preventDefault();
          else event.continuePropagation();
        }}
      />
      {failure && !isLoading && <p className="text-danger text-sm">{problemText(failure)}</p>}
      {isLoading && rows.length === 0 ? (
        <div aria-hidden="true" className="space-y-1 rounded-md border border-line p-2">
          <Skeleton className="h-8" />
          <Skeleton className="h-8" />
        </div>
      ) : (
        <ListBox
          aria-label={isSearching ? t("found", { search: wanted }) : label}
          items={rows.map((face) => ({ ...face, hint: hint?.(face.id) }))}
          dependencies={[value, isSearching]}
          selectionMode="multiple"
          escapeKeyBehavior="none"
          selectedKeys={value}
          onSelectionChange={choose}
          renderEmptyState={() => (
            <p className="px-2.5 py-3 text-muted">
              {isSearching ? t("nobody", { search: wanted }) : t("empty")}
            </p>
          )}
          className={classes(
            "max-h-72 overflow-y-auto rounded-md border border-line p-1 outline-none transition-opacity data-empty:p-0",
            // Keeps the height, so that the content below does not shift while searching.
            isSearching && "min-h-72",
            isSearching && found.isPlaceholderData && "opacity-60",
          )}
        >
          {(row) => <Line face={row} hint={row.hint} isDimmed={!isSearching && !value.includes(row.id)} />}
        </ListBox>
      )}
      {beyond > 0 && (
        <p className="text-muted text-sm">{t("beyond", { shown: rows.length, more: beyond })}</p>
      )}
      {more > 0 && (
        <Button
          size="small"
          look="quiet"
          className="self-start"
          onPress={() => setCount((before) => before + chunkSize)}
        >
          {t("more", { count: Math.min(more, chunkSize), all: more })}
        </Button>
      )}
      {help && !error && <p className="text-muted text-sm">{help}</p>}
      {error && <p className="text-danger text-sm">{error}</p>}
    </section>
  );
}

function Line({
  face,
  hint,
  isDimmed,
}: {
  face: Face;
  hint: string | undefined;
  /** Whether the agent was removed. */
  isDimmed: boolean;
}) {
  return (
    <ListBoxItem
      id={face.id}
      textValue={face.name}
      className={classes(
        "group flex min-h-9 cursor-default select-none items-center gap-2.5 rounded px-1.5 py-1 outline-none max-sm:min-h-11",
        "data-hovered:bg-hover data-focus-visible:bg-hover data-focus-visible:outline-2 data-focus-visible:outline-accent data-focus-visible:-outline-offset-2",
      )}
    >
      {({ isSelected }) => (
        <>
          <Avatar
            name={face.name}
            src={smallPicture(face.avatarUrl)}
            size="small"
            className={isDimmed ? "opacity-60" : ""}
          />
          <span className={classes("min-w-0 truncate", isDimmed && "text-muted line-through")}>
            {face.name}
          </span>
          <span className="min-w-0 flex-1 truncate text-end text-muted text-sm">{hint ?? face.email}</span>
          <span aria-hidden="true" className="flex size-5 shrink-0 items-center justify-center">
            {isSelected ? (
              <Check className="size-4 text-accent" />
            ) : (
              <Plus className="size-4 text-muted group-data-hovered:text-ink" />
            )}
          </span>
        </>
      )}
    </ListBoxItem>
  );
}

/** The members, read-only. */
export function AgentFaces({
  ids,
  hint,
}: {
  ids: readonly string[];
  hint?: (agentId: string) => string | undefined;
}) {
  const t = useTranslations("settings.picker");
  const problemText = useProblemText();
  const [count, setCount] = useState(chunkSize);
  const { faces, isPending, error } = useFaces(ids, count);
  const more = Math.max(ids.length - count, 0);
  if (ids.length === 0) return <p className="text-muted">{t("none")}</p>;
  return (
    <>
      {error && <p className="text-danger text-sm">{problemText(error)}</p>}
      <ul className="space-y-1">
        {faces.map((face) => (
          <li key={face.id} className="flex min-h-8 items-center gap-2.5">
            <Avatar name={face.name} src={smallPicture(face.avatarUrl)} size="small" />
            <span className="min-w-0 truncate">{face.name}</span>
            <span className="min-w-0 flex-1 truncate text-end text-muted text-sm">
              {hint?.(face.id) ?? face.email}
            </span>
          </li>
        ))}
      </ul>
      {isPending && faces.length === 0 && <Skeleton className="h-16" />}
      {more > 0 && (
        <Button
          size="small"
          look="quiet"
          className="mt-2"
          onPress={() => setCount((before) => before + chunkSize)}
        >
          {t("more", { count: Math.min(more, chunkSize), all: more })}
        </Button>
      )}
    </>
  );
}
