"use client";

import {
  Slider as AriaSlider,
  type SliderProps as AriaSliderProps,
  SliderFill,
  SliderOutput,
  SliderThumb,
  SliderTrack,
} from "react-aria-components/Slider";
import { classes } from "./classes";
import { FieldLabel } from "./field";

export function Slider({
  label,
  hideLabel = false,
  showValue = false,
  className,
  ...props
}: Omit<AriaSliderProps<number>, "className" | "children" | "orientation"> & {
  label: string;
  hideLabel?: boolean;
  showValue?: boolean;
  className?: string;
}) {
  return (
    <AriaSlider {...props} className={classes("group flex min-w-0 flex-col", className)}>
      <div className={hideLabel && !showValue ? "sr-only" : "flex items-baseline justify-between gap-3"}>
        <FieldLabel hidden={hideLabel}>{label}</FieldLabel>
        {showValue && <SliderOutput className="text-muted text-sm tabular-nums" />}
      </div>
      <SliderTrack className="relative flex h-6 w-full items-center group-data-disabled:opacity-50 max-sm:h-10">
        <span
          aria-hidden="true"
          className="absolute inset-x-0 h-1 overflow-hidden rounded-full bg-line-strong/50"
        >
          <SliderFill className="h-full bg-accent" />
        </span>
        <SliderThumb
          className={classes(
            "top-1/2 size-4 rounded-full border-2 border-accent bg-surface shadow-sm transition-colors max-sm:size-5",
            "data-dragging:bg-accent-soft data-hovered:bg-accent-soft data-focus-visible:outline-2 data-focus-visible:outline-accent data-focus-visible:outline-offset-2",
          )}
        />
      </SliderTrack>
    </AriaSlider>
  );
}
