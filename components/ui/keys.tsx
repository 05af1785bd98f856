import { classes } from "./classes";

/** A key or several keys, as on the keyboard: `⌘ K`, split at spaces. */
export function Keys({ keys, onDark = false }: { keys: string; onDark?: boolean }) {
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
          {key}
        </kbd>
      ))}
    </span>
  );
}
