"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { useTranslations } from "use-intl";
import { useNotes } from "@/components/settings/kit/notes";
import { useWorkspace } from "@/components/shell/workspace-context";
import { IconButton } from "@/components/ui/icon-button";
import { useChangePreset } from "@/lib/availability/presets/client/queries";
import type { Preset } from "@/lib/availability/presets/contract";

type Step = -1 | 1;

/** Returns a function that moves a preset up or down. */
export function useMovePreset(presets: readonly Preset[]): (preset: Preset, by: Step) => void {
  const { workspace } = useWorkspace();
  const notes = useNotes();
  const { mutateAsync } = useChangePreset(workspace.id);
  return (preset, by) => {
    const position = preset.position + by;
    if (position < 0 || position >= presets.length) return;
    void mutateAsync({ id: preset.id, change: { position } }).catch(notes.failed);
  };
}

/** Buttons that move a preset up or down. They keep the focus while it moves. */
export function OrderButtons({
  preset,
  count,
  onMove,
}: {
  preset: Preset;
  count: number;
  onMove: (preset: Preset, by: Step) => void;
}) {
  const t = useTranslations("settings.presets");
  const { id, name, position } = preset;
  const place = `order-${id}`;

  /** The row's element moves, which loses the focus. At either end, focus the other button. */
  function move(by: Step) {
    onMove(preset, by);
    requestAnimationFrame(() => {
      const [up, down] = document.getElementById(place)?.querySelectorAll("button") ?? [];
      const [wanted, other] = by === -1 ? [up, down] : [down, up];
      (wanted?.disabled ? other : wanted)?.focus();
    });
  }

  return (
    <span id={place} className="relative z-10 inline-flex">
      <IconButton label={t("moveUp", { name })} isDisabled={position === 0} onPress={() => move(-1)}>
        <ArrowUp aria-hidden="true" className="size-4" />
      </IconButton>
      <IconButton label={t("moveDown", { name })} isDisabled={position >= count - 1} onPress={() => move(1)}>
        <ArrowDown aria-hidden="true" className="size-4" />
      </IconButton>
      <span role="status" className="sr-only">
        {t("moved", { name, position: position + 1, count })}
      </span>
    </span>
  );
}
