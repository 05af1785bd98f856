"use client";

import { Pencil, Trash2 } from "lucide-react";
import { DialogTrigger } from "react-aria-components/Dialog";
import { useLocale, useTranslations } from "use-intl";
import { IconButton } from "@/components/ui/icon-button";
import { Popover } from "@/components/ui/popover";
import { byDate, isLeapDay } from "@/lib/holidays/editing";
import type { Holiday } from "@/lib/schedule/contract";
import { formatMonthDay } from "@/lib/time/format";
import { HolidayForm } from "./holiday-form";

/** The holidays by date, each to be changed or removed. */
export function HolidayList({
  holidays,
  errors,
  isReadOnly,
  onSave,
  onRemove,
}: {
  holidays: readonly Holiday[];
  /** By the path within the list, such as `0.name`. */
  errors: Record<string, string>;
  isReadOnly: boolean;
  onSave: (holiday: Holiday, index: number) => void;
  onRemove: (index: number) => void;
}) {
  const t = useTranslations("holidays");
  const locale = useLocale();
  return (
    <ul aria-label={t("list")} className="divide-y divide-line border-line border-y">
      {byDate(holidays).map(({ holiday, index }) => {
        const problems = Object.entries(errors).filter(
          ([path]) => path === String(index) || path.startsWith(`${index}.`),
        );
        return (
          <li key={`${holiday.month}-${holiday.day} ${holiday.name} ${index}`} className="py-1">
            <div className="flex min-h-8 items-center gap-3">
              <span className="w-16 shrink-0 text-muted text-sm tabular-nums">
                {formatMonthDay(locale, holiday, "short")}
              </span>
              <span className="min-w-0 flex-1 break-words">
                {holiday.name}
                {isLeapDay(holiday) && <span className="block text-muted text-sm">{t("leapYearsOnly")}</span>}
              </span>
              {!isReadOnly && (
                <span className="flex shrink-0">
                  <DialogTrigger>
                    <IconButton size="small" label={t("editNamed", { name: holiday.name })}>
                      <Pencil aria-hidden="true" className="size-4" />
                    </IconButton>
                    <Popover label={t("editNamed", { name: holiday.name })} placement="bottom end">
                      {(close) => (
                        <div className="w-72 p-4">
                          <HolidayForm
                            initial={holiday}
                            holidays={holidays}
                            index={index}
                            action={t("apply")}
                            onSubmit={(next) => {
                              onSave(next, index);
                              close();
                            }}
                          />
                        </div>
                      )}
                    </Popover>
                  </DialogTrigger>
                  <IconButton
                    size="small"
                    label={t("removeNamed", { name: holiday.name })}
                    onPress={() => onRemove(index)}
                  >
                    <Trash2 aria-hidden="true" className="size-4" />
                  </IconButton>
                </span>
              )}
            </div>
            {problems.map(([path, words]) => (
              <p key={path} role="alert" className="text-danger text-sm">
                {words}
              </p>
            ))}
          </li>
        );
      })}
    </ul>
  );
}
