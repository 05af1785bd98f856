"use client";

import { Plus, X } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";

/** A field of several rows that can be changed, added and removed, such as the times of a shift. */
export function RowsField<Row extends object>({
  label,
  value,
  onChange,
  error,
  addLabel,
  onAdd,
  removeLabel,
  children,
}: {
  label: string;
  value: readonly Row[];
  onChange: (rows: Row[]) => void;
  error: string | undefined;
  addLabel: string;
  /** Undefined if there are as many as there can be. */
  onAdd: (() => void) | undefined;
  /** Undefined if none can be removed. */
  removeLabel: ((number: number) => string) | undefined;
  /** Renders the fields of a row. Rows are numbered from 1. */
  children: (row: Row, change: (part: Partial<Row>) => void, number: number) => ReactNode;
}) {
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="pb-1.5 font-medium text-sm">{label}</legend>
      {value.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity, and keep their order.
        <div key={index} className="flex items-start gap-2">
          {children(
            row,
            (part) => onChange(value.map((each, at) => (at === index ? { ...each, ...part } : each))),
            index + 1,
          )}
          {removeLabel && (
            <IconButton
              label={removeLabel(index + 1)}
              onPress={() => onChange(value.filter((_, at) => at !== index))}
            >
              <X aria-hidden="true" className="size-4" />
            </IconButton>
          )}
        </div>
      ))}
      {error && (
        <p role="alert" className="text-danger text-sm">
          {error}
        </p>
      )}
      {onAdd && (
        <Button size="small" look="quiet" className="self-start" onPress={onAdd}>
          <Plus aria-hidden="true" className="size-4" />
          {addLabel}
        </Button>
      )}
    </fieldset>
  );
}
