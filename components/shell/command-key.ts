"use client";

import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** What the key for commands is called on this machine. */
export function useCommandKey(): "⌘" | "Ctrl" {
  return useSyncExternalStore(
    never,
    () => (/mac|iphone|ipad/i.test(navigator.platform) ? "⌘" : "Ctrl"),
    () => "Ctrl",
  );
}
