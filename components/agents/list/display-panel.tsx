"use client";

import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Segment, Segmented } from "@/components/ui/segmented";
import type { Density } from "@/components/ui/table";
import { type ColumnId, columnIds, defaultColumns, densities, fixedColumn } from "./columns";

export interface DisplayProps {
  columns: readonly ColumnId[];
  density: Density;
  onColumns: (columns: ColumnId[]) => void;
  onDensity: (density: Density) => void;
}

/** The choices of columns and density. */
export function DisplayPanel({ columns, density, onColumns, onDensity }: DisplayProps) {
  const t = useTranslations("agents");
  const isDefault = columns.join() === defaultColumns.join();
  return (
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
              className="min-h-7 max-sm:min-h-11"
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
  );
}
