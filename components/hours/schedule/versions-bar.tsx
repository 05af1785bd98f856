"use client";

import { CalendarPlus, Trash2 } from "lucide-react";
import { Suspense } from "react";
import { DialogTrigger } from "react-aria-components/Dialog";
import { useLocale, useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { lazyPart } from "@/components/ui/lazy-part";
import { Popover } from "@/components/ui/popover";
import { Option, Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import type { DatedWeek } from "@/lib/hours/calendar/weekly";
import { versionLimit } from "@/lib/hours/weeks/values";
import { epochDay } from "@/lib/platform/time/calendar";
import { formatDay } from "@/lib/platform/time/format";

// Loaded when it opens: with a calendar to choose from, it is 11 kB.
const NewVersion = lazyPart(async () => (await import("./new-version")).NewVersion);

/** Chooses a version of the weekly hours, and adds or deletes one. */
export function VersionsBar({
  versions,
  selected,
  current,
  today,
  isReadOnly,
  onSelect,
  onAdd,
  onDelete,
}: {
  versions: readonly DatedWeek[];
  selected: number;
  /** The version in force today. */
  current: number;
  /** Today as a local epoch day. */
  today: number;
  isReadOnly: boolean;
  onSelect: (index: number) => void;
  onAdd: (date: string) => void;
  onDelete: (index: number) => void;
}) {
  const t = useTranslations("schedule.versions");
  const words = useVersionWords(versions);
  if (isReadOnly && versions.length < 2) return null;
  return (
    <>
      {versions.length > 1 && (
        <Select
          label={t("label")}
          value={selected}
          onChange={(key) => onSelect(Number(key))}
          className="min-w-56 flex-1 sm:max-w-80"
        >
          {versions.map((version, index) => (
            <Option
              key={version.effectiveFrom ?? "first"}
              id={index}
              textValue={words(index)}
              {...(index === current ? { hint: t("inForce") } : {})}
            >
              {words(index)}
            </Option>
          ))}
        </Select>
      )}
      {!isReadOnly && (
        <>
          <DialogTrigger>
            <Button isDisabled={versions.length >= versionLimit}>
              <CalendarPlus aria-hidden="true" className="size-4" />
              {t("add")}
            </Button>
            <Popover label={t("add")} placement="bottom start">
              {(close) => (
                <Suspense fallback={<Skeleton className="m-4 h-24 w-64" />}>
                  <NewVersion
                    today={today}
                    taken={versions.flatMap(({ effectiveFrom }) => effectiveFrom ?? [])}
                    onAdd={(date) => {
                      onAdd(date);
                      close();
                    }}
                  />
                </Suspense>
              )}
            </Popover>
          </DialogTrigger>
          {versions.length > 1 && (
            <IconButton label={t("delete", { version: words(selected) })} onPress={() => onDelete(selected)}>
              <Trash2 aria-hidden="true" className="size-4" />
            </IconButton>
          )}
        </>
      )}
    </>
  );
}

/** Returns a function that names a version by its dates: "Until Feb 28, 2027", "From Mar 1, 2027". */
export function useVersionWords(versions: readonly DatedWeek[]): (index: number) => string {
  const t = useTranslations("schedule.versions");
  const locale = useLocale();
  const date = (day: number) => formatDay(locale, day, { dateStyle: "medium" });
  return (index) => {
    const [from, next] = [versions[index]?.effectiveFrom, versions[index + 1]?.effectiveFrom];
    if (from) return t("from", { date: date(epochDay(from)) });
    return next ? t("until", { date: date(epochDay(next) - 1) }) : t("only");
  };
}
