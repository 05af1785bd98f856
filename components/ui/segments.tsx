"use client";

import { DateInput, DateSegment } from "react-aria-components/DateField";
import { classes } from "./classes";

// Between a time and its AM or PM some versions of ICU put a narrow space and others a plain one: without this the server's
// page and the browser's would differ.
const narrowSpace = "\u202f";

/**
 * The parts of a date or a time, each to be typed or changed by the arrow keys. They run as text, not as flex items: the
 * figures of a time stay left to right in a line that runs from right to left.
 */
export function Segments() {
  return (
    <DateInput className="block min-w-0 flex-1 whitespace-pre tabular-nums max-sm:text-lg">
      {(segment) => (
        <DateSegment
          segment={segment}
          className={classes(
            "inline-flex h-6 min-w-6 items-center justify-center rounded px-0.5 text-ink outline-none",
            "data-[type=literal]:min-w-0 data-[type=literal]:px-0 data-[type=literal]:text-muted",
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
