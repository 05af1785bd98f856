"use client";

import { useTranslations } from "use-intl";
import { classes } from "./classes";

/** Keys whose labels differ between keyboard languages: "Strg" in German. */
const named = ["Ctrl", "Shift", "Enter"] as const;

/**
 * Shows a keyboard shortcut, such as `Ctrl K`, with the key names of the reader's language. Keys are
 * separated by spaces.
 */
export function Keys({ keys, onDark = false }: { keys: string; onDark?: boolean }) {
  const t = useTranslations("ui.keys");
  const nameOf = (key: string) => {
    const name = named.find((each) => each === key);
    return name ? t(name) : key;
  };
  return (
    <span className="inline-flex gap-0.5 whitespace-nowrap" dir="ltr">
      {keys.split(" ").map((key) => (
        <kbd
          key={key}
          className={classes(
            "inline-flex h-4.5 min-w-4.5 items-center justify-center rounded border px-1 font-sans text-[0.6875rem]",
            onDark ? "border-canvas/30" : "border-line bg-surface text-muted",
          )}
        >
          {nameOf(key)}
        </kbd>
      ))}
    </span>
  );
}
