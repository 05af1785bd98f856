import { Circle } from "lucide-react";

/** The icon of a preset, or a placeholder of the same size. */
export function PresetIcon({ icon }: { icon: string | undefined }) {
  return (
    <span
      aria-hidden="true"
      className="flex size-5 shrink-0 items-center justify-center font-emoji text-base leading-none"
    >
      {icon ?? <Circle className="size-3.5 text-muted" />}
    </span>
  );
}
