"use client";

import { useEffect, useRef } from "react";
import { isTyping } from "@/components/shell/shell-dialogs";
import { isDialogOpen } from "@/components/ui/open-dialog";

/**
 * Keeps the screen on while `isFull`, and uses full-screen mode where supported. `f` toggles it. The layout
 * follows from `data-wall` in the page (globals.css).
 */
export function useFullScreen(isFull: boolean, onChange: (isFull: boolean) => void): () => void {
  const latest = useRef({ isFull, onChange });
  useEffect(() => {
    latest.current = { isFull, onChange };
  });

  const toggle = () => {
    const wanted = !latest.current.isFull;
    latest.current.onChange(wanted);
    // Browsers require a key press or click, and iPhones don't support it. The layout changes anyway.
    if (wanted) document.documentElement.requestFullscreen?.().catch(() => undefined);
    else if (document.fullscreenElement) void document.exitFullscreen();
  };

  const latestToggle = useRef(toggle);
  useEffect(() => {
    latestToggle.current = toggle;
  });

  useEffect(() => {
    function press(event: KeyboardEvent) {
      const isShortcut = event.ctrlKey || event.metaKey || event.altKey;
      if (event.defaultPrevented || isShortcut || isTyping(event) || isDialogOpen()) return;
      // In native full-screen mode, the browser handles Escape.
      const leaves = event.key === "Escape" && latest.current.isFull && !document.fullscreenElement;
      if (event.key.toLowerCase() !== "f" && !leaves) return;
      event.preventDefault();
      latestToggle.current();
    }
    function leave() {
      if (!document.fullscreenElement && latest.current.isFull) latest.current.onChange(false);
    }
    window.addEventListener("keydown", press);
    document.addEventListener("fullscreenchange", leave);
    return () => {
      window.removeEventListener("keydown", press);
      document.removeEventListener("fullscreenchange", leave);
      // A link to another page leaves the mode.
      if (document.fullscreenElement) void document.exitFullscreen();
    };
  }, []);

  useEffect(() => {
    if (!isFull) return;
    const end = import("./wake-lock").then(({ keepScreenOn }) => keepScreenOn());
    return () => {
      end.then((release) => release()).catch(() => undefined);
    };
  }, [isFull]);
  return toggle;
}
