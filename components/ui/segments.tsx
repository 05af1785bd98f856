"use client";

import { DateInput, DateSegment } from "react-aria-components/DateField";
import { classes } from "./classes";

// Between a time and its AM or PM some versions of ICU put a narrow space and others a plain one: without this the server's
// page and the browser's would differ.
const narrowSpace = "\u202f";

/**
 * The parts of a date or a time, each to be typed or changed by the arrow keys. They are set as text, not as boxes in a
 * row: what stands between them holds the marks that keep a time from left to right in Arabic.
 */
export function Segments() {
  return (
    <DateInput className="-ms-1 min-w-0 flex-1 overflow-hidden whitespace-pre tabular-nums leading-6 max-sm:text-lg max-sm:leading-6">
      {(segment) => (
        <DateSegment
          segment={segment}
          className={classes(
            "inline-block h-6 min-w-6 rounded px-0.5 text-center text-ink outline-none",
            "data-[type=literal]:inline data-[type=literal]:px-0 data-[type=literal]:text-muted",
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
