"use client";

import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** Returns the name of the command modifier key on this platform. */
export function useCommandKey(): "⌘" | "Ctrl" {
  return useSyncExternalStore(
    never,
    () => (/mac|iphone|ipad/i.test(navigator.platform) ? "⌘" : "Ctrl"),
    () => "Ctrl",
  );
}
