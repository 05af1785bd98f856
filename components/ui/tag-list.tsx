"use client";

import { X } from "lucide-react";
import type { ReactNode } from "react";
import {
  Tag as AriaTag,
  TagList as AriaTagList,
  Button,
  type Key,
  Label,
  TagGroup,
} from "react-aria-components/TagGroup";
import { useTranslations } from "use-intl";
import { classes } from "./classes";

export interface TagItem {
  id: string;
  name: string;
  icon?: ReactNode;
}

/** Tags without a visible label, for use inside a field. Delete and Backspace remove the focused tag. */
export function RemovableTags({
  label,
  tags,
  onRemove,
}: {
  /** Accessible name. */
  label: string;
  tags: readonly TagItem[];
  onRemove?: (id: string) => void;
}) {
  return (
    <TagGroup aria-label={label} className="contents" {...removal(onRemove)}>
      <Tags tags={tags} className="contents" />
    </TagGroup>
  );
}

/** A labeled set of removable tags. */
export function TagList({
  label,
  hideLabel = false,
  tags,
  onRemove,
  empty,
  className,
}: {
  label: string;
  hideLabel?: boolean;
  tags: readonly TagItem[];
  onRemove?: (id: string) => void;
  /** Shown if there are no tags. */
  empty?: ReactNode;
  className?: string;
}) {
  const t = useTranslations("ui");
  return (
    <TagGroup className={classes("flex min-w-0 flex-col gap-1.5", className)} {...removal(onRemove)}>
      <Label className={hideLabel ? "sr-only" : "block font-medium text-ink text-sm"}>{label}</Label>
      <Tags tags={tags} empty={empty ?? t("none")} className="flex flex-wrap gap-1" />
    </TagGroup>
  );
}

function removal(onRemove: ((id: string) => void) | undefined): { onRemove?: (keys: Set<Key>) => void } {
  if (!onRemove) return {};
  return {
    onRemove: (keys) => {
      for (const key of keys) onRemove(String(key));
    },
  };
}

function Tags({
  tags,
  empty,
  className,
}: {
  tags: readonly TagItem[];
  empty?: ReactNode;
  className: string;
}) {
  const t = useTranslations("ui");
  return (
    <AriaTagList
      items={tags}
      className={className}
      renderEmptyState={() => <span className="text-muted">{empty}</span>}
    >
      {({ id, name, icon }) => (
        <AriaTag
          id={id}
          textValue={name}
          className={classes(
            "inline-flex h-6 max-w-full cursor-default items-center gap-1 rounded bg-sunken ps-1.5 font-medium text-ink text-sm outline-none",
            "data-allows-removing:pe-0 pe-1.5 data-disabled:opacity-50",
            "data-focus-visible:outline-2 data-focus-visible:outline-accent",
          )}
        >
          {({ allowsRemoving }) => (
            <>
              {icon && (
                <span aria-hidden="true" className="flex shrink-0 items-center text-muted">
                  {icon}
                </span>
              )}
              <span dir="auto" title={name} className="truncate">
                {name}
              </span>
              {allowsRemoving && (
                <Button
                  slot="remove"
                  aria-label={t("remove", { name })}
                  className="relative flex size-6 shrink-0 items-center max-sm:after:absolute max-sm:after:-inset-y-2 max-sm:after:-end-1 max-sm:after:-start-3 justify-center rounded text-muted outline-none data-hovered:bg-pressed data-hovered:text-ink"
                >
                  <X aria-hidden="true" className="size-3" />
                </Button>
              )}
            </>
          )}
        </AriaTag>
      )}
    </AriaTagList>
  );
}
