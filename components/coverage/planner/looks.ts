import { type LucideIcon, PencilLine, Repeat } from "lucide-react";
import type { RowShift } from "./row-hours";

/** Color and border of a shift, by its source. */
export const sourceLooks: Record<RowShift["source"], string> = {
  weekly: "border-accent/60 bg-accent-soft text-accent-strong",
  rotation: "border-success/60 bg-success-soft text-success",
  override: "border-warning border-dashed bg-warning-soft text-warning",
};

/** Null for weekly hours, the usual case. */
export const sourceIcons: Record<RowShift["source"], LucideIcon | null> = {
  weekly: null,
  rotation: Repeat,
  override: PencilLine,
};

/** Hatching for time off. */
export const hatched =
  "repeating-linear-gradient(135deg, var(--line-strong) 0 1px, transparent 1px 6px), var(--sunken)";
