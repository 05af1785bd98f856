"use client";

import { type KeyboardEvent, type Ref, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { SearchField } from "@/components/ui/search-field";
import { typingPause } from "@/components/ui/use-debounced";

/**
 * The search field of the list. The text is local and debounced, so that the list does not render on each
 * keystroke. Enter and Down search immediately and focus the list.
 */
export function SearchBox({
  value,
  onSearch,
  onEnter,
  inputRef,
}: {
  /** The current search text of the list. */
  value: string;
  onSearch: (text: string) => void;
  onEnter: () => void;
  inputRef: Ref<HTMLInputElement>;
}) {
  const t = useTranslations("agents");
  const [typed, setTyped] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const sent = useRef(value);

  // Takes over a text set elsewhere: by a link, a view, back and forward, or "clear filters".
  useEffect(() => {
    if (value === sent.current) return;
    clearTimeout(timer.current);
    sent.current = value;
    setTyped(value);
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);

  function send(text: string) {
    clearTimeout(timer.current);
    sent.current = text;
    onSearch(text);
  }

  function type(text: string) {
    setTyped(text);
    clearTimeout(timer.current);
    if (text === "") send(text);
    else timer.current = setTimeout(() => send(text), typingPause);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing || (event.key !== "Enter" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    if (typed !== sent.current) send(typed);
    onEnter();
  }

  return (
    // On a phone, search and filter button share a line; the active filters are below.
    <div
      className="flex min-w-0 max-md:grow max-md:basis-[calc(100%-5.5rem)] md:w-60"
      onKeyDownCapture={onKeyDown}
    >
      <SearchField
        label={t("search")}
        placeholder={t("search")}
        keys="/"
        inputRef={inputRef}
        value={typed}
        onChange={type}
        // Without debounce: a later write would undo the navigation that caused the blur.
        onBlur={() => typed !== sent.current && send(typed)}
        className="grow"
      />
    </div>
  );
}
