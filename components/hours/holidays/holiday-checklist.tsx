"use client";

import type { ReactNode } from "react";
import { useLocale, useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Tag } from "@/components/ui/tag";
import type { Candidate } from "@/lib/hours/public-holidays/editing";
import { formatDay, formatMonthDay } from "@/lib/platform/time/format";

/** Checkboxes for public holidays. Those whose date moves each year are listed separately. */
export function HolidayChecklist({
  candidates,
  isTicked,
  onTick,
}: {
  candidates: readonly Candidate[];
  isTicked: (candidate: Candidate) => boolean;
  onTick: (candidates: readonly Candidate[], isOn: boolean) => void;
}) {
  const t = useTranslations("holidays.public");
  const fixed = candidates.filter(({ isFixed }) => isFixed);
  const movable = candidates.filter(({ isFixed }) => !isFixed);
  const shared = { isTicked, onTick };
  if (candidates.length === 0) return <p className="text-muted">{t("none")}</p>;
  return (
    <>
      {fixed.length > 0 && <Group {...shared} title={t("fixed")} candidates={fixed} />}
      {movable.length > 0 && (
        <Group {...shared} title={t("movable")} help={t("movableHelp")} candidates={movable} />
      )}
    </>
  );
}

function Group({
  title,
  help,
  candidates,
  isTicked,
  onTick,
}: {
  title: string;
  help?: ReactNode;
  candidates: readonly Candidate[];
  isTicked: (candidate: Candidate) => boolean;
  onTick: (candidates: readonly Candidate[], isOn: boolean) => void;
}) {
  const t = useTranslations("holidays.public");
  const locale = useLocale();
  const open = candidates.filter(({ state }) => state !== "listed");
  const areAllTicked = open.every(isTicked);
  return (
    <section aria-label={title} className="flex flex-col gap-1">
      <div className="flex min-h-7 items-center justify-between gap-3">
        <h3 className="font-medium">{title}</h3>
        {open.length > 1 && (
          <Button look="quiet" size="small" onPress={() => onTick(open, !areAllTicked)}>
            {areAllTicked ? t("chooseNone") : t("chooseAll")}
          </Button>
        )}
      </div>
      {help && <p className="pb-1 text-muted text-sm">{help}</p>}
      <ul className="divide-y divide-line border-line border-y">
        {candidates.map((each) => (
          <li key={each.id} className="flex">
            <Checkbox
              isSelected={each.state === "listed" || isTicked(each)}
              isDisabled={each.state === "listed"}
              onChange={(isOn) => onTick([each], isOn)}
              className="min-h-9 flex-1 py-1 [&>span:last-child]:flex-1"
            >
              <span className="flex flex-wrap items-center justify-between gap-x-3">
                <span className="flex min-w-0 flex-wrap items-center gap-x-2">
                  {each.holiday.name}
                  {each.state !== "new" && <Tag>{t(each.state === "listed" ? "listed" : "taken")}</Tag>}
                </span>
                <span className="text-muted text-sm tabular-nums">
                  {each.isFixed
                    ? formatMonthDay(locale, each.holiday)
                    : formatDay(locale, each.date, {
                        weekday: "short",
                        day: "numeric",
                        month: "long",
                        year: "numeric",
                      })}
                </span>
              </span>
            </Checkbox>
          </li>
        ))}
      </ul>
    </section>
  );
}
