"use client";

import type { ReactNode } from "react";
import { ListBox, Popover } from "react-aria-components/ComboBox";
import { ListLayout, Virtualizer } from "react-aria-components/Virtualizer";
import { useTranslations } from "use-intl";
import { classes } from "./classes";
import { popoverClasses } from "./popover";

const layoutOptions = { estimatedRowSize: 32, padding: 4 };

/** The choices below a field; only those in sight are drawn, so there may be hundreds. */
export function OptionList<T extends object>({
  empty,
  isLoading = false,
  children,
}: {
  /** Said where nothing matches. */
  empty?: ReactNode;
  isLoading?: boolean;
  children: ReactNode | ((item: T) => ReactNode);
}) {
  const t = useTranslations("ui");
  return (
    <Popover offset={4} maxHeight={288} className={classes(popoverClasses, "w-(--trigger-width) min-w-56")}>
      <Virtualizer layout={ListLayout} layoutOptions={layoutOptions}>
        <ListBox<T>
          className="max-h-[inherit] overflow-auto outline-none"
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
