"use client";

import { SlidersHorizontal } from "lucide-react";
import { DialogTrigger } from "react-aria-components/Dialog";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Popover } from "@/components/ui/popover";
import { Segment, Segmented } from "@/components/ui/segmented";
import type { Density } from "@/components/ui/table";
import { type ColumnId, columnIds, defaultColumns, densities, fixedColumn } from "./columns";

/** Chooses the columns and the density of the table. */
export function DisplayMenu({
  columns,
  density,
  onColumns,
  onDensity,
}: {
  columns: readonly ColumnId[];
  density: Density;
  onColumns: (columns: ColumnId[]) => void;
  onDensity: (density: Density) => void;
}) {
  const t = useTranslations("agents");
  const isDefault = columns.join() === defaultColumns.join();
  return (
    <DialogTrigger>
      <Button look="quiet">
        <SlidersHorizontal aria-hidden="true" className="size-4 text-muted" />
        {t("display.title")}
      </Button>
      <Popover label={t("display.title")} placement="bottom end" className="w-64">
        <div className="flex flex-col gap-3 p-3">
          <Segmented
            label={t("display.density")}
            value={density}
            onChange={(value) => {
              const next = densities.find((each) => each === value);
              if (next) onDensity(next);
            }}
          >
            {densities.map((each) => (
              <Segment key={each} value={each}>
                {t(`display.${each}`)}
              </Segment>
            ))}
          </Segmented>
          <fieldset className="flex flex-col">
            <legend className="pb-1 font-medium text-sm">{t("display.columns")}</legend>
            {columnIds
              .filter((id) => id !== fixedColumn)
              .map((id) => (
                <Checkbox
                  key={id}
                  className="min-h-7 max-sm:min-h-10"
                  isSelected={columns.includes(id)}
                  onChange={(isShown) =>
                    onColumns(columnIds.filter((each) => (each === id ? isShown : columns.includes(each))))
                  }
                >
                  {t(`columns.${id}`)}
                </Checkbox>
              ))}
          </fieldset>
          <Button size="small" isDisabled={isDefault} onPress={() => onColumns([...defaultColumns])}>
            {t("display.reset")}
          </Button>
        </div>
      </Popover>
    </DialogTrigger>
  );
}
