"use client";

import { DateInput, DateSegment } from "react-aria-components/DateField";
import { classes } from "./classes";

// Between a time and its AM or PM some versions of ICU put a narrow space and others a plain one: without this the server's
// page and the browser's would differ.
const narrowSpace = "\u202f";

/**
 * The parts of a date or a time, each to be typed or changed by the arrow keys. In a line from right to left they run as
 * text, not as boxes: boxes would be turned round one by one, and the figures of a time have to stay left to right.
 */
export function Segments() {
  return (
    <DateInput className="flex h-full min-w-0 flex-1 items-center whitespace-pre tabular-nums max-sm:text-lg rtl:block rtl:h-auto rtl:leading-6">
      {(segment) => (
        <DateSegment
          segment={segment}
          className={classes(
            "inline-flex h-6 min-w-6 items-center justify-center rounded px-0.5 text-ink outline-none data-[type=hour]:justify-end rtl:inline rtl:px-1",
            "data-[type=literal]:min-w-0 data-[type=literal]:px-0 rtl:data-[type=literal]:px-0 data-[type=literal]:text-muted",
            "data-disabled:text-muted data-placeholder:text-muted",
            "data-focused:bg-accent data-focused:text-on-accent data-focused:caret-transparent",
          )}
        >
          {({ text }) => text.replaceAll(narrowSpace, " ")}
        </DateSegment>
      )}
    </DateInput>
  );
}
