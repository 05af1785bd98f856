"use client";

import { useEffect, useState } from "react";

/** Debounce delay in milliseconds. */
export const typingPause = 200;

/** Debounces a text. An empty text takes effect immediately. */
export function useDebounced(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), text === "" ? 0 : typingPause);
    return () => clearTimeout(timer);
  }, [text]);
  return text === "" ? "" : settled;
}
