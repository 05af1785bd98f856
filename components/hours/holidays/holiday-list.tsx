"use client";

import { Pencil, Trash2 } from "lucide-react";
import { memo, type RefObject, useCallback, useRef, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { IconButton } from "@/components/ui/icon-button";
import { Popover } from "@/components/ui/popover";
import { byDate, isLeapDay } from "@/lib/hours/public-holidays/editing";
import type { Holiday } from "@/lib/hours/schedule/contract";
import { formatMonthDay } from "@/lib/platform/time/format";
import { HolidayForm } from "./holiday-form";

/** The holidays by date, with buttons to edit and remove. */
export function HolidayList({
  holidays,
  errors,
  isReadOnly,
  onSave,
  onRemove,
}: {
  holidays: readonly Holiday[];
  /** Messages by path within the list, such as `0.name`. */
  errors: Record<string, string>;
  isReadOnly: boolean;
  onSave: (holiday: Holiday, index: number) => void;
  /** Must be a stable function, or all rows render on each change. */
  onRemove: (holiday: Holiday) => void;
}) {
  const t = useTranslations("holidays");
  const [edited, setEdited] = useState<Holiday | null>(null);
  const trigger = useRef<HTMLElement>(null);
  const edit = useCallback((holiday: Holiday, button: HTMLElement) => {
    trigger.current = button;
    setEdited(holiday);
  }, []);
  const index = edited ? holidays.indexOf(edited) : -1;

  return (
    <>
      <ul aria-label={t("list")} className="divide-y divide-line border-line border-y">
        {byDate(holidays).map((entry) => (
          <Row
            key={`${entry.holiday.month}-${entry.holiday.day} ${entry.holiday.name}`}
            holiday={entry.holiday}
            problem={problemOf(errors, entry.index)}
            isReadOnly={isReadOnly}
            onEdit={edit}
            onRemove={onRemove}
          />
        ))}
      </ul>
      {edited && index >= 0 && (
        <EditPopover
          key={index}
          holiday={edited}
          index={index}
          holidays={holidays}
          trigger={trigger}
          onSave={(next) => {
            onSave(next, index);
            setEdited(null);
          }}
          onClose={() => setEdited(null)}
        />
      )}
    </>
  );
}

/** Joins the messages of an entry and its fields. */
function problemOf(errors: Record<string, string>, index: number): string {
  return Object.entries(errors)
    .filter(([path]) => path === String(index) || path.startsWith(`${index}.`))
    .map(([, words]) => words)
    .join(" ");
}

/** Does not take its index, which changes when an earlier row is removed. */
const Row = memo(function Row({
  holiday,
  problem,
  isReadOnly,
  onEdit,
  onRemove,
}: {
  holiday: Holiday;
  problem: string;
  isReadOnly: boolean;
  onEdit: (holiday: Holiday, button: HTMLElement) => void;
  onRemove: (holiday: Holiday) => void;
}) {
  const t = useTranslations("holidays");
  const locale = useLocale();
  return (
    <li className="py-1">
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
            <IconButton
              size="small"
              label={t("editNamed", { name: holiday.name })}
              onPress={({ target }) => target instanceof HTMLElement && onEdit(holiday, target)}
            >
              <Pencil aria-hidden="true" className="size-4" />
            </IconButton>
            <IconButton
              size="small"
              label={t("removeNamed", { name: holiday.name })}
              onPress={() => onRemove(holiday)}
            >
              <Trash2 aria-hidden="true" className="size-4" />
            </IconButton>
          </span>
        )}
      </div>
      {problem && (
        <p role="alert" className="text-danger text-sm">
          {problem}
        </p>
      )}
    </li>
  );
});

function EditPopover({
  holiday,
  index,
  holidays,
  trigger,
  onSave,
  onClose,
}: {
  holiday: Holiday;
  index: number;
  holidays: readonly Holiday[];
  trigger: RefObject<HTMLElement | null>;
  onSave: (holiday: Holiday) => void;
  onClose: () => void;
}) {
  const t = useTranslations("holidays");
  return (
    <Popover
      label={t("editNamed", { name: holiday.name })}
      triggerRef={trigger}
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      placement="bottom end"
    >
      <div className="w-72 p-4">
        <HolidayForm
          initial={holiday}
          holidays={holidays}
          index={index}
          action={t("apply")}
          onSubmit={onSave}
        />
      </div>
    </Popover>
  );
}
