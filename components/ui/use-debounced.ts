"use client";

import { useEffect, useState } from "react";

/** Milliseconds between the last letter typed and a request. */
export const typingPause = 200;

/** A text as it was when typing last paused; an emptied one counts at once. */
export function useDebounced(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), text === "" ? 0 : typingPause);
    return () => clearTimeout(timer);
  }, [text]);
  return text === "" ? "" : settled;
}
