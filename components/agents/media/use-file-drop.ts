"use client";

import { type DragEvent, useEffect, useRef, useState } from "react";

/**
 * Handles files dropped on the element that receives `dropProps`. `isOver` is true while files are dragged
 * over it.
 */
export function useFileDrop(onFiles: (files: File[]) => void, isDisabled = false) {
  const [isOver, setOver] = useState(false);
  // `dragenter` of a child fires before `dragleave` of its parent, so the events are counted.
  const depth = useRef(0);

  function hover(change: number) {
    depth.current = Math.max(0, depth.current + change);
    setOver(depth.current > 0);
  }

  const withFiles = (handle: (event: DragEvent) => void) => (event: DragEvent) => {
    if (isDisabled || !event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    handle(event);
  };

  return {
    isOver,
    dropProps: {
      onDragEnter: withFiles(() => hover(1)),
      onDragLeave: withFiles(() => hover(-1)),
      onDragOver: withFiles((event) => {
        event.dataTransfer.dropEffect = "copy";
      }),
      onDrop: withFiles((event) => {
        hover(-depth.current);
        onFiles([...event.dataTransfer.files]);
      }),
    },
  };
}

/**
 * Prevents the browser from opening a file that was dropped beside the target, while the caller is mounted.
 */
export function useNoStrayDrops(): void {
  useEffect(() => {
    const refuse = (event: globalThis.DragEvent) => {
      if (event.defaultPrevented || !event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "none";
    };
    window.addEventListener("dragover", refuse);
    window.addEventListener("drop", refuse);
    return () => {
      window.removeEventListener("dragover", refuse);
      window.removeEventListener("drop", refuse);
    };
  }, []);
}
