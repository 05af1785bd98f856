"use client";

import { useMemo } from "react";
import { useWorkspace } from "@/components/shell/workspace-context";
import type { Density } from "@/components/ui/table";
import { type ColumnId, columnIds, defaultColumns, densities, fixedColumn } from "./columns";
import { useKeptChoice } from "./use-kept-choice";
import type { ListState } from "./use-list-state";

/** Returns the columns in display order, always including the fixed one. */
function ordered(names: readonly string[]): ColumnId[] {
  return columnIds.filter((id) => id === fixedColumn || names.includes(id));
}

/**
 * Returns the visible columns and the density: from the URL, otherwise as last chosen in this browser. A
 * change is written to both, so that links and saved views show what their author saw.
 */
export function useLayout(list: ListState) {
  const { user } = useWorkspace();
  const [keptColumns, keepColumns] = useKeptChoice(`rollcall.agents.columns.${user.id}`);
  const [keptDensity, keepDensity] = useKeptChoice(`rollcall.agents.density.${user.id}`);
  const { place, arrange } = list;

  const columns = useMemo(
    () => ordered(place.columns ?? keptColumns?.split(",") ?? defaultColumns),
    [place.columns, keptColumns],
  );
  const density: Density = place.density ?? densities.find((each) => each === keptDensity) ?? "comfortable";

  return {
    columns,
    density,
    setColumns(next: readonly ColumnId[]) {
      const chosen = ordered(next);
      keepColumns(chosen.join(","));
      arrange({ columns: chosen });
    },
    setDensity(next: Density) {
      keepDensity(next);
      arrange({ density: next });
    },
  };
}
