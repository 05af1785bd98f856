"use client";

import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef } from "react";
import { type Crop, move, type Point, type Size, turn, zoomBy } from "@/lib/workforce/media/crop";

export type ChangeCrop = (change: (before: Crop) => Crop) => void;

/** Distance that an arrow key moves the picture, as a fraction of the square. */
const step = { plain: 0.03, shift: 0.15 };
/** Zoom factor of the + and - keys. */
const zoomStep = 1.15;
/** Movement in pixels up to which a press counts as a click. */
const tremble = 4;
/** Pixels per line for wheel events in lines. */
const lineHeight = 16;

const arrows: Record<string, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);
const middle = (points: Point[]): Point => ({
  x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
  y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
});

/**
 * Moves, zooms and rotates a crop by drag, pinch, wheel and keyboard. A click centers the point, as the
 * alternative to dragging (WCAG 2.5.7).
 */
export function useCropGestures(
  view: RefObject<HTMLElement | null>,
  size: Size,
  onChange: ChangeCrop,
  isDisabled: boolean,
) {
  const pointers = useRef(new Map<number, Point>());
  const pressed = useRef<Point>(undefined);

  const change = useRef(onChange);
  change.current = onChange;

  // React's wheel listener is passive and cannot prevent scrolling.
  useEffect(() => {
    const { current } = view;
    if (!current || isDisabled) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? lineHeight : 1);
      // Browsers report a touchpad pinch as a fine wheel event with Ctrl.
      const factor = Math.exp(-pixels * (event.ctrlKey ? 0.01 : 0.002));
      const point = pointOf(current, event);
      change.current((before) => zoomBy(size, before, factor, point));
    };
    current.addEventListener("wheel", onWheel, { passive: false });
    return () => current.removeEventListener("wheel", onWheel);
  }, [view, size, isDisabled]);

  function onPointerDown(event: PointerEvent<HTMLElement>) {
    if (isDisabled || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const point = pointOf(event.currentTarget, event);
    pointers.current.set(event.pointerId, point);
    pressed.current = pointers.current.size === 1 ? point : undefined;
  }

  function onPointerMove(event: PointerEvent<HTMLElement>) {
    if (isDisabled || !pointers.current.has(event.pointerId)) return;
    const before = [...pointers.current.values()];
    const point = pointOf(event.currentTarget, event);
    const reach = tremble / event.currentTarget.clientWidth;
    if (pressed.current && distance(point, pressed.current) <= reach) return;
    pressed.current = undefined;
    pointers.current.set(event.pointerId, point);
    const after = [...pointers.current.values()];
    const [from, to] = [middle(before), middle(after)];
    const [a, b] = before;
    const [c, d] = after;
    const factor = a && b && c && d ? distance(c, d) / Math.max(distance(a, b), 0.01) : 1;
    onChange((crop) => {
      const moved = move(size, crop, to.x - from.x, to.y - from.y);
      return factor === 1 ? moved : zoomBy(size, moved, factor, to);
    });
  }

  function onPointerUp(event: PointerEvent<HTMLElement>) {
    if (!pointers.current.delete(event.pointerId)) return;
    const point = pressed.current;
    pressed.current = undefined;
    if (point && event.type === "pointerup")
      onChange((crop) => move(size, crop, 0.5 - point.x, 0.5 - point.y));
  }

  function onKeyDown(event: KeyboardEvent) {
    if (isDisabled || event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = arrows[event.key];
    const by = event.shiftKey ? step.shift : step.plain;
    if (arrow) onChange((crop) => move(size, crop, arrow.x * by, arrow.y * by));
    else if (event.key === "+" || event.key === "=") onChange((crop) => zoomBy(size, crop, zoomStep));
    else if (event.key === "-" || event.key === "_") onChange((crop) => zoomBy(size, crop, 1 / zoomStep));
    else if (event.key.toLowerCase() === "r") onChange((crop) => turn(size, crop));
    else return;
    event.preventDefault();
  }

  return { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp, onKeyDown };
}

function pointOf(element: Element, { clientX, clientY }: { clientX: number; clientY: number }): Point {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: (clientX - left) / width, y: (clientY - top) / height };
}
