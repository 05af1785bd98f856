"use client";

import { useState } from "react";
import { classes } from "./classes";

const sizes = {
  small: "size-6 text-[0.625rem]",
  medium: "size-8 text-xs",
  large: "size-12 text-base",
  huge: "size-24 text-2xl",
};

const hues = [255, 200, 160, 130, 90, 55, 25, 340, 300];

/** Returns the first letters of the first and last words of a name. */
function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = [...(words[0] ?? "")][0] ?? "";
  const last = words.length > 1 ? ([...(words[words.length - 1] ?? "")][0] ?? "") : "";
  return (first + last).toLocaleUpperCase();
}

function hueOf(name: string): number {
  let sum = 0;
  for (const sign of name) sum = (sum * 31 + (sign.codePointAt(0) ?? 0)) % 9973;
  return hues[sum % hues.length] ?? 255;
}

/** A person's picture or initials. Hidden from screen readers, because the name is always next to it. */
export function Avatar({
  name,
  src,
  size = "medium",
  className,
}: {
  name: string;
  src?: string | undefined;
  size?: keyof typeof sizes;
  className?: string;
}) {
  const [broken, setBroken] = useState<string>();
  const shared = classes("shrink-0 select-none rounded-full", sizes[size], className);
  if (src && broken !== src)
    return (
      // Pictures come ready in two sizes from our own endpoint, or from elsewhere: there is nothing left to optimise.
      // biome-ignore lint/performance/noImgElement: see above.
      <img
        src={src}
        alt=""
        loading="lazy"
        decoding="async"
        onError={() => setBroken(src)}
        className={classes(shared, "bg-sunken object-cover")}
      />
    );
  const hue = hueOf(name);
  return (
    <span
      aria-hidden="true"
      className={classes(shared, "inline-flex items-center justify-center font-medium")}
      style={{
        backgroundColor: `light-dark(oklch(0.92 0.045 ${hue}), oklch(0.32 0.06 ${hue}))`,
        color: `light-dark(oklch(0.38 0.1 ${hue}), oklch(0.88 0.07 ${hue}))`,
      }}
    >
      {initials(name)}
    </span>
  );
}
