"use client";

import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { NumberField } from "@/components/ui/number-field";
import { Option, Select } from "@/components/ui/select";
import { type Unit, unitOf, units } from "./queue-form";

const all = Object.keys(units) as Unit[];

/** A duration as a number and a unit; its value is in seconds. */
export function DurationField({
  label,
  help,
  error,
  value,
  limits: { min, max },
  onChange,
  onBlur,
}: {
  label: string;
  help?: ReactNode;
  error?: string | undefined;
  /** Null while the field is empty. */
  value: number | null;
  /** In seconds. */
  limits: { min: number; max: number };
  onChange: (seconds: number | null) => void;
  onBlur?: () => void;
}) {
  const t = useTranslations("settings.queues.units");
  const problems = useTranslations("errors");
  const [unit, setUnit] = useState<Unit>(() => unitOf(value ?? 0));
  const factor = units[unit];
  /** As typed, until it is rounded to seconds. */
  const [typed, setTyped] = useState<number | null>(null);
  const isTyped = typed !== null && Math.round(typed * factor) === value;
  const shown = value === null ? null : isTyped ? typed : value / factor;
  const isOutside = value !== null && (value < min || value > max);
  // Not more than two decimals, and not less than the limit.
  const least = Math.ceil((min / factor) * 100) / 100;
  return (
    <div className="flex min-w-0 items-start gap-2">
      <NumberField
        label={label}
        help={help}
        error={isOutside ? problems("outOfRange", { min: least, max: max / factor }) : error}
        minValue={0}
        value={shown}
        onChange={(next) => {
          setTyped(next);
          onChange(next === null ? null : Math.round(next * factor));
        }}
        {...(onBlur ? { onBlur } : {})}
        className="flex-1"
      />
      <Select
        label={t("label", { field: label })}
        hideLabel
        value={unit}
        onChange={(key) => {
          const next = all.find((each) => each === key);
          if (!next) return;
          setUnit(next);
          // Keep the number: "2 seconds" becomes "2 minutes".
          if (shown !== null) onChange(Math.round(shown * units[next]));
        }}
        className="mt-6.5 w-32 shrink-0"
      >
        {all.map((each) => (
          <Option key={each} id={each}>
            {t(each)}
          </Option>
        ))}
      </Select>
    </div>
  );
}
