"use client";

import { ChevronDown } from "lucide-react";
import { type ContextType, type MouseEvent, useContext, useEffect, useRef } from "react";
import { Button, ComboBoxStateContext, Input, type Key } from "react-aria-components/ComboBox";
import { classes } from "./classes";
import { Spinner } from "./spinner";

/** The text input of a combo box. A press opens the list and selects the text, so that typing replaces it. */
export function ComboInput({
  placeholder,
  onEmptyBackspace,
  isSearchedElsewhere = false,
  className,
}: {
  placeholder?: string | undefined;
  /** Called when Backspace is pressed in the empty input. */
  onEmptyBackspace?: () => void;
  /** The list may be of an earlier query, so Enter chooses only a highlighted option. */
  isSearchedElsewhere?: boolean;
  className?: string;
}) {
  const state = useContext(ComboBoxStateContext);
  const latest = useRef(state);
  useEffect(() => {
    latest.current = state;
  });
  return (
    <Input
      {...(placeholder === undefined ? {} : { placeholder })}
      onClick={(event: MouseEvent<HTMLInputElement>) => {
        if (!state || state.isOpen || event.currentTarget.readOnly) return;
        const field = event.currentTarget;
        field.select();
        // A scroll just before the press is reported in the next frame and would close the list.
        requestAnimationFrame(() => {
          const now = latest.current;
          if (now && !now.isOpen && document.activeElement === field) now.open(null, "manual");
        });
      }}
      // Runs before React Aria's handler, which discards the typed text and restores the previous selection.
      onKeyDownCapture={(event) => {
        if (event.key !== "Enter" || event.nativeEvent.isComposing || !state || !isTyped(state)) return;
        const first = isSearchedElsewhere ? null : firstEnabled(state);
        if (first !== null) state.selectionManager.setFocusedKey(first);
        else {
          event.preventDefault();
          event.stopPropagation();
        }
      }}
      onKeyDown={(event) => {
        if (event.key === "Backspace" && event.currentTarget.value === "") onEmptyBackspace?.();
      }}
      className={classes(
        "min-w-0 bg-transparent text-ink outline-none placeholder:text-muted disabled:text-muted max-sm:text-lg",
        className,
      )}
    />
  );
}

type State = NonNullable<ContextType<typeof ComboBoxStateContext>>;

/** Returns whether the open list was filtered by typing and no option is highlighted. */
function isTyped({ isOpen, inputValue, selectedKey, selectionManager, collection }: State): boolean {
  const chosen = selectedKey === null ? "" : collection.getItem(selectedKey)?.textValue;
  return isOpen && selectionManager.focusedKey === null && inputValue.trim() !== "" && inputValue !== chosen;
}

/** Returns the first enabled option in the list. */
function firstEnabled({ collection, selectionManager }: State): Key | null {
  for (const key of collection.getKeys())
    if (collection.getItem(key)?.type === "item" && !selectionManager.isDisabled(key)) return key;
  return null;
}

/** Opens and closes the list; shows a spinner while options load. */
export function ComboButton({ isLoading = false }: { isLoading?: boolean }) {
  return (
    <Button className="flex size-6 shrink-0 items-center max-sm:size-10 justify-center rounded text-muted outline-none data-hovered:bg-hover data-disabled:opacity-50">
      {isLoading ? <Spinner className="size-3.5" /> : <ChevronDown aria-hidden="true" className="size-4" />}
    </Button>
  );
}
