"use client";

import { Pencil, Plus, Trash2 } from "lucide-react";
import { type RefObject, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Popover } from "@/components/ui/popover";
import type { Entry } from "@/lib/hours/public-holidays/editing";
import type { Holiday } from "@/lib/hours/schedule/contract";
import { formatDay } from "@/lib/platform/time/format";
import { dateOf } from "@/lib/platform/time/year-calendar";
import { HolidayForm } from "./holiday-form";

/** Adds, renames and removes the holidays of one day. */
export function DayPopover({
  day,
  cell,
  entries,
  holidays,
  isFull,
  onSave,
  onRemove,
  onClose,
}: {
  /** Epoch day (days since 1970-01-01). */
  day: number;
  /** The day's calendar cell, which the popover points at. */
  cell: RefObject<HTMLElement | null>;
  entries: readonly Entry[];
  holidays: readonly Holiday[];
  /** Whether the list has reached its maximum length. */
  isFull: boolean;
  /** Called without an index for a new holiday. */
  onSave: (holiday: Holiday, index?: number) => void;
  onRemove: (index: number) => void;
  onClose: () => void;
}) {
  const t = useTranslations("holidays");
  const locale = useLocale();
  const [edited, setEdited] = useState<number | "new" | null>(entries.length === 0 ? "new" : null);
  const date = dateOf(day);
  const title = formatDay(locale, day, { weekday: "long", day: "numeric", month: "long" });
  const isEditing = entries.some(({ index }) => index === edited);

  return (
    <Popover
      label={title}
      triggerRef={cell}
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      placement="bottom"
    >
      <div className="flex w-72 flex-col gap-3 p-4">
        <p className="font-medium">{title}</p>
        {entries.length > 0 && (
          <ul className="flex flex-col gap-1">
            {entries.map(({ holiday, index }, position) => (
              <li key={index}>
                {edited === index ? (
                  <HolidayForm
                    initial={holiday}
                    holidays={holidays}
                    index={index}
                    isDateFixed
                    action={t("rename")}
                    onSubmit={(next) => {
                      onSave(next, index);
                      onClose();
                    }}
                  />
                ) : (
                  <div className="flex items-center gap-1">
                    <span className="min-w-0 flex-1 break-words">{holiday.name}</span>
                    <IconButton
                      size="small"
                      label={t("renameNamed", { name: holiday.name })}
                      autoFocus={position === 0}
                      onPress={() => setEdited(index)}
                    >
                      <Pencil aria-hidden="true" className="size-4" />
                    </IconButton>
                    <IconButton
                      size="small"
                      label={t("removeNamed", { name: holiday.name })}
                      onPress={() => {
                        onRemove(index);
                        onClose();
                      }}
                    >
                      <Trash2 aria-hidden="true" className="size-4" />
                    </IconButton>
                  </div>
                )}
              </li>
            ))}
          </ul>
        )}
        {isFull && edited === "new" ? (
          <p className="text-muted">{t("full")}</p>
        ) : edited === "new" ? (
          <HolidayForm
            initial={{ name: "", day: date.day, month: date.month }}
            holidays={holidays}
            isDateFixed
            action={t("add")}
            onSubmit={(holiday) => {
              onSave(holiday);
              onClose();
            }}
          />
        ) : (
          !isEditing && (
            <Button look="quiet" size="small" className="-ms-2 self-start" onPress={() => setEdited("new")}>
              <Plus aria-hidden="true" className="size-4" />
              {t("addAnother")}
            </Button>
          )
        )}
        {edited === "new" && !isFull && <p className="text-muted text-sm">{t("everyYear")}</p>}
      </div>
    </Popover>
  );
}
