"use client";

import { WifiOff } from "lucide-react";
import { useSyncExternalStore } from "react";
import { useTranslations } from "use-intl";

function subscribe(listener: () => void) {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}

/** Keeps toasts above the notice while it is shown. On a phone, both are as wide as the window. */
function keepToastsAbove(notice: HTMLElement | null) {
  if (!notice) return;
  const { style } = document.documentElement;
  style.setProperty("--notice", `calc(${notice.offsetHeight}px + 0.5rem)`);
  return () => {
    style.removeProperty("--notice");
  };
}

/**
 * A notice while the browser is offline. It overlays the page and its dialogs, so that the layout does not
 * shift.
 */
export function OfflineNotice() {
  const t = useTranslations("shell");
  const isOnline = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 bottom-[calc(1rem+var(--dock,0px))] z-[55] flex justify-center px-4"
    >
      {!isOnline && (
        <span
          ref={keepToastsAbove}
          className="inline-flex items-center gap-2 rounded-lg bg-ink px-3 py-1.5 text-canvas text-sm shadow-raised"
        >
          <WifiOff aria-hidden="true" className="size-4 shrink-0" />
          {t("offline")}
        </span>
      )}
    </div>
  );
}
