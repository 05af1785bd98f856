"use client";

import { type ReactNode, type RefObject, useContext, useEffect, useRef } from "react";
import { ComboBoxStateContext, ListBox, Popover } from "react-aria-components/ComboBox";
import { ListLayout, Virtualizer } from "react-aria-components/Virtualizer";
import { useTranslations } from "use-intl";
import { classes } from "./classes";
import { popoverClasses } from "./popover";

const rowSize = 32;
const layoutOptions = { estimatedRowSize: rowSize, padding: 4 };

/** A virtualized list of options, so there may be hundreds. */
export function OptionList<T extends object>({
  empty,
  isLoading = false,
  children,
}: {
  /** Shown if no option matches. */
  empty?: ReactNode;
  isLoading?: boolean;
  children: ReactNode | ((item: T) => ReactNode);
}) {
  const t = useTranslations("ui");
  const list = useRef<HTMLDivElement>(null);
  useScrollToChosen(list);
  return (
    <Popover offset={4} className={classes(popoverClasses, "flex w-(--trigger-width) min-w-56 flex-col")}>
      <Virtualizer layout={ListLayout} layoutOptions={layoutOptions}>
        <ListBox<T>
          ref={list}
          // Limited here, because React Aria does not measure a popover with its own height again, so it
          // never flips upwards.
          className="max-h-72 min-h-0 overflow-auto outline-none"
          renderEmptyState={() => (
            <p className="px-3 py-2 text-muted">{isLoading ? t("loading") : (empty ?? t("noMatches"))}</p>
          )}
        >
          {children}
        </ListBox>
      </Virtualizer>
    </Popover>
  );
}

/**
 * Scrolls the selected option to the middle when the list opens. It may not be rendered, so it is found by
 * index.
 */
function useScrollToChosen(list: RefObject<HTMLDivElement | null>): void {
  const state = useContext(ComboBoxStateContext);
  const isOpen = state?.isOpen ?? false;
  const chosen = state?.selectedKey ?? null;
  const index = isOpen && chosen !== null ? [...(state?.collection.getKeys() ?? [])].indexOf(chosen) : -1;
  const latest = useRef(-1);

  useEffect(() => {
    latest.current = index;
  });

  useEffect(() => {
    if (!isOpen || latest.current < 0) return;
    // The list has no height until the virtualizer has measured it.
    const frame = requestAnimationFrame(() => {
      const box = list.current;
      if (box) box.scrollTop = latest.current * rowSize - (box.clientHeight - rowSize) / 2;
    });
    return () => cancelAnimationFrame(frame);
  }, [isOpen, list]);
}
