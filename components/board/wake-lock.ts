/**
 * Keeps the screen on while the page is visible, and returns a function that ends it. The browser releases the
 * lock whenever the page is hidden.
 */
export function keepScreenOn(): () => void {
  if (!("wakeLock" in navigator)) return () => undefined;
  let lock: WakeLockSentinel | undefined;
  let isOver = false;
  async function acquire() {
    if (document.visibilityState !== "visible") return;
    try {
      const acquired = await navigator.wakeLock.request("screen");
      if (isOver) await acquired.release();
      else lock = acquired;
    } catch {
      // Refused, for example on low battery: the screen may turn off.
    }
  }
  void acquire();
  document.addEventListener("visibilitychange", acquire);
  return () => {
    isOver = true;
    document.removeEventListener("visibilitychange", acquire);
    void lock?.release();
  };
}
