"use client";

import { type ComponentProps, useContext, useEffectEvent, useLayoutEffect } from "react";
import { DateFieldStateContext, DateInput, DateSegment } from "react-aria-components/DateField";
import { TimeFieldStateContext } from "react-aria-components/TimeField";
import { classes } from "./classes";

// ICU versions differ between a narrow and a plain space before AM and PM. Without this, server and client
// HTML would differ (hydration error).
const narrowSpace = "\u202f";

/**
 * The editable parts of a date or time. They are inline text, not flex items: the literals between them hold
 * the bidi marks that keep a time left to right in Arabic.
 */
export function Segments({ onPartial }: { onPartial: (isPartial: boolean) => void }) {
  return (
    <DateInput className="-ms-1 min-w-0 flex-1 overflow-hidden whitespace-pre tabular-nums leading-6 max-sm:text-lg max-sm:leading-6">
      {(segment) => <Segment segment={segment} onPartial={onPartial} />}
    </DateInput>
  );
}

function Segment({
  segment,
  onPartial,
}: Pick<ComponentProps<typeof DateSegment>, "segment"> & { onPartial: (isPartial: boolean) => void }) {
  const date = useContext(DateFieldStateContext);
  const time = useContext(TimeFieldStateContext);
  const editable = (date ?? time)?.segments.filter(({ isEditable }) => isEditable) ?? [];
  const isPartial =
    editable.some(({ isPlaceholder }) => isPlaceholder) &&
    !editable.every(({ isPlaceholder }) => isPlaceholder);
  const report = useEffectEvent(onPartial);
  // One of them reports for all, before the next event, which may be the shortcut for saving.
  const isReporter = segment === editable[0];
  useLayoutEffect(() => {
    if (isReporter) report(isPartial);
  }, [isReporter, isPartial]);
  return (
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
  );
}
