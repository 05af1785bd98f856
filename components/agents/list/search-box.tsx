"use client";

import { type KeyboardEvent, type Ref, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { SearchField } from "@/components/ui/search-field";
import { typingPause } from "@/components/ui/use-debounced";

/**
 * What the list is searched for. Letters stay in here until typing pauses, so that the list is not drawn for each of them.
 * Enter and Down search at once and lead into the list.
 */
export function SearchBox({
  value,
  onSearch,
  onEnter,
  inputRef,
}: {
  /** The text that the list is searched for at present. */
  value: string;
  onSearch: (text: string) => void;
  onEnter: () => void;
  inputRef: Ref<HTMLInputElement>;
}) {
  const t = useTranslations("agents");
  const [typed, setTyped] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const sent = useRef(value);

  // A text that was not sent from here: a link, a view, a step back, or the filters cleared.
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
    // On a phone it has a line with the filter's button to itself; what the list is filtered by stands below.
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
        // At once: sent later, the new address would take the place of the page that somebody is on the way to.
        onBlur={() => typed !== sent.current && send(typed)}
        className="grow"
      />
    </div>
  );
}
