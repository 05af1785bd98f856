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
  minValue = 0,
  onChange,
  onBlur,
}: {
  label: string;
  help?: ReactNode;
  error?: string | undefined;
  /** Null while the field is empty. */
  value: number | null;
  minValue?: number;
  onChange: (seconds: number | null) => void;
  onBlur?: () => void;
}) {
  const t = useTranslations("settings.queues.units");
  const [unit, setUnit] = useState<Unit>(() => unitOf(value ?? 0));
  const factor = units[unit];
  const shown = value === null ? null : value / factor;
  return (
    <div className="flex min-w-0 items-start gap-2">
      <NumberField
        label={label}
        help={help}
        error={error}
        minValue={minValue === 0 ? 0 : 1}
        value={shown}
        onChange={(next) => onChange(next === null ? null : Math.round(next * factor))}
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
