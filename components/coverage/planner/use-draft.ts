"use client";

import { type KeyboardEvent, type PointerEvent, useCallback, useEffect, useMemo, useRef } from "react";
import type { Period } from "@/components/coverage/period";
import { isMirrored } from "@/components/ui/mirrored";
import type { PlannerRow } from "@/lib/agents/coverage/planner-contract";
import { MINUTE_MS } from "@/lib/platform/time/calendar";
import {
  changed,
  type Draft,
  isChanged,
  isDisjoint,
  type Part,
  shiftOf,
  spansWith,
  stepMinutes,
  type Target,
} from "./draft";
import type { DraftStore } from "./draft-store";
import { spanOf } from "./row-hours";

/** Distance in pixels after which a press becomes a drag. */
const threshold = 4;
/** Width in pixels of the ends of a bar, which resize it. They show another cursor. */
const edgeWidth = 8;

export interface DraftActions {
  /** Starts to move a shift by pointer. */
  drag: (event: PointerEvent<HTMLElement>, row: PlannerRow, target: Target) => void;
  /** Starts to move a shift by keyboard. */
  pick: (row: PlannerRow, target: Target) => void;
  /** Handles a key while a shift is moved by keyboard. Returns whether it did. */
  press: (event: KeyboardEvent<HTMLElement>, row: PlannerRow) => boolean;
  /** Ends a move by keyboard without saving it. */
  leave: () => void;
}

/** Moves shifts by pointer or keyboard. Calls `save` when one is dropped. */
export function useDraft(
  store: DraftStore,
  period: Period,
  save: (row: PlannerRow, draft: Draft) => void,
): DraftActions {
  const stopDrag = useRef<(() => void) | null>(null);
  const hasDragged = useRef(false);
  useEffect(() => () => stopDrag.current?.(), []);

  const drop = useCallback(
    (row: PlannerRow, draft: Draft) => {
      store.clear();
      if (isChanged(draft) && isDisjoint(spansWith(row, draft))) save(row, draft);
    },
    [store, save],
  );

  const drag = useCallback(
    (event: PointerEvent<HTMLElement>, row: PlannerRow, target: Target) => {
      const shift = shiftOf(row, target);
      const track = event.currentTarget.closest("[data-track]");
      // Touch scrolls instead.
      if (event.button !== 0 || event.pointerType === "touch" || !shift || !track) return;
      const isReversed = isMirrored(track);
      const part = partAt(event.currentTarget, event.clientX, isReversed);
      const perPixel =
        ((period.end - period.start) / MINUTE_MS / track.getBoundingClientRect().width) *
        (isReversed ? -1 : 1);
      const original = spanOf(row, shift);
      const from = event.clientX;
      let draft: Draft | null = null;
      const move = ({ clientX }: globalThis.PointerEvent) => {
        if (!draft && Math.abs(clientX - from) < threshold) return;
        const span = changed(original, part, (clientX - from) * perPixel);
        if (draft && draft.span.from === span.from && draft.span.to === span.to) return;
        draft = { ...target, original, span };
        store.set(row, draft, false);
      };
      const stop = () => {
        window.removeEventListener("pointermove", move);
        window.removeEventListener("pointerup", up);
        window.removeEventListener("pointercancel", giveUp);
        window.removeEventListener("keydown", onKey, true);
        stopDrag.current = null;
      };
      // The click after a drag must not start a move by keyboard.
      const ignoreClick = () => {
        hasDragged.current = true;
        setTimeout(() => {
          hasDragged.current = false;
        });
      };
      const giveUp = () => {
        stop();
        store.clear();
        if (draft) window.addEventListener("pointerup", ignoreClick, { once: true });
      };
      const up = () => {
        stop();
        if (!draft) return;
        ignoreClick();
        drop(row, draft);
      };
      const onKey = (key: globalThis.KeyboardEvent) => {
        if (key.key !== "Escape") return;
        key.stopPropagation();
        giveUp();
      };
      stopDrag.current?.();
      stopDrag.current = stop;
      window.addEventListener("pointermove", move);
      window.addEventListener("pointerup", up);
      window.addEventListener("pointercancel", giveUp);
      window.addEventListener("keydown", onKey, true);
    },
    [store, period, drop],
  );

  const pick = useCallback(
    (row: PlannerRow, target: Target) => {
      const shift = shiftOf(row, target);
      if (!shift || hasDragged.current) return;
      const original = spanOf(row, shift);
      store.set(row, { ...target, original, span: original }, true);
    },
    [store],
  );

  const press = useCallback(
    (event: KeyboardEvent<HTMLElement>, row: PlannerRow): boolean => {
      const now = store.get();
      if (!now?.isByKey) return false;
      const { draft } = now;
      if (event.key === "Enter") {
        if (isDisjoint(spansWith(row, draft))) drop(row, draft);
      } else if (event.key === "Escape") store.clear();
      else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
        const isLater = (event.key === "ArrowRight") !== isMirrored(event.currentTarget);
        const part = event.shiftKey ? "end" : event.altKey ? "start" : "move";
        const span = changed(draft.span, part, isLater ? stepMinutes : -stepMinutes);
        store.set(row, { ...draft, span }, true);
      } else if (event.key !== "ArrowUp" && event.key !== "ArrowDown" && event.key !== " ") return false;
      event.preventDefault();
      event.stopPropagation();
      return true;
    },
    [store, drop],
  );

  const leave = useCallback(() => {
    if (store.get()?.isByKey) store.clear();
  }, [store]);

  return useMemo(() => ({ drag, pick, press, leave }), [drag, pick, press, leave]);
}

/** Returns which part of a bar is at a place on the screen: near an end, that end. */
function partAt(bar: HTMLElement, x: number, isReversed: boolean): Part {
  const { left, right } = bar.getBoundingClientRect();
  if (right - left < 3 * edgeWidth) return "move";
  if (x - left < edgeWidth) return isReversed ? "end" : "start";
  if (right - x < edgeWidth) return isReversed ? "start" : "end";
  return "move";
}
