"use client";

import { type DragEvent, useEffect, useRef, useState } from "react";

/** Takes files that are dropped onto an element: put `dropProps` on it. `isOver` while some hang above it. */
export function useFileDrop(onFiles: (files: File[]) => void, isDisabled = false) {
  const [isOver, setOver] = useState(false);
  // Entering a child is told before leaving its parent.
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

/** While the caller is shown, a file dropped beside the mark does not make the browser leave the page for it. */
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
