"use client";

import {
  Slider as AriaSlider,
  type SliderProps as AriaSliderProps,
  SliderThumb,
  SliderTrack,
} from "react-aria-components/Slider";
import { classes } from "./classes";

/** A value chosen along a line. `formatOptions` say how it is read out. */
export function Slider({
  label,
  className,
  ...props
}: Omit<AriaSliderProps<number>, "className" | "children" | "aria-label"> & {
  /** What is chosen; read out. */
  label: string;
  className?: string;
}) {
  return (
    <AriaSlider
      {...props}
      aria-label={label}
      className={classes("flex min-w-0 items-center data-disabled:opacity-50", className)}
    >
      <SliderTrack className="group relative h-6 w-full cursor-pointer data-disabled:cursor-default">
        {({ state }) => (
          <>
            <span className="absolute inset-x-0 top-1/2 h-1 -translate-y-1/2 rounded-full bg-pressed" />
            <span
              className="absolute start-0 top-1/2 h-1 -translate-y-1/2 rounded-full bg-accent"
              style={{ width: `${state.getThumbPercent(0) * 100}%` }}
            />
            <SliderThumb
              className={classes(
                "top-1/2 size-4 rounded-full border-2 border-accent bg-surface transition-transform data-dragging:scale-110",
                "data-focus-visible:outline-2 data-focus-visible:outline-accent data-focus-visible:outline-offset-2",
              )}
            />
          </>
        )}
      </SliderTrack>
    </AriaSlider>
  );
}
