import { useSyncExternalStore } from "react";

/** The alert settings for offers. Stored per browser, like the notification permission. */
export interface Alerts {
  /** `unasked`: neither accepted nor declined. */
  notify: "unasked" | "on" | "off";
  sound: boolean;
  /** The notification permission of the browser. */
  permission: NotificationPermission | "unsupported";
}

const key = "rollcall-offer-alerts";
const unknown: Alerts = { notify: "unasked", sound: false, permission: "unsupported" };
const listeners = new Set<() => void>();
let kept: { stored: string | null; alerts: Alerts } | undefined;

function stored(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

const permissionNow = () => (typeof Notification === "undefined" ? "unsupported" : Notification.permission);

/** Returns the current settings. The reference changes only when a setting does. */
export function readAlerts(): Alerts {
  const text = stored();
  const permission = permissionNow();
  if (kept && kept.stored === text && kept.alerts.permission === permission) return kept.alerts;
  const parts = text?.split(" ") ?? [];
  const notify = parts[0] === "on" || parts[0] === "off" ? parts[0] : "unasked";
  kept = { stored: text, alerts: { notify, sound: parts[1] === "sound", permission } };
  return kept.alerts;
}

export function keepAlerts(change: Partial<Pick<Alerts, "notify" | "sound">>): void {
  const { notify, sound } = { ...readAlerts(), ...change };
  try {
    localStorage.setItem(key, `${notify} ${sound ? "sound" : "silent"}`);
  } catch {
    // Without storage, the prompt appears again after a reload.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

export function useAlerts(): Alerts {
  return useSyncExternalStore(subscribe, readAlerts, () => unknown);
}

/** Whether notifications can be shown. */
export const canNotify = ({ notify, permission }: Alerts) => notify === "on" && permission === "granted";

interface Notice {
  title: string;
  body: string;
  /** A later notification with the same tag replaces this one. */
  tag: string;
  onPress?: () => void;
}

/**
 * Shows a system notification and returns a function that closes it. Returns undefined where only service
 * workers can show notifications, as on Android.
 */
export function showNotice({ title, body, tag, onPress }: Notice): (() => void) | undefined {
  try {
    const notice = new Notification(title, { body, tag, icon: "/icon.svg" });
    notice.onclick = () => {
      window.focus();
      notice.close();
      onPress?.();
    };
    return () => notice.close();
  } catch {
    return undefined;
  }
}

/** Requests permission and shows a first notification. Returns whether notifications can be shown. */
export async function turnOnNotices(first: Notice): Promise<boolean> {
  const permission = await Notification.requestPermission();
  const works = permission === "granted" && showNotice(first) !== undefined;
  keepAlerts({ notify: works ? "on" : "off" });
  return works;
}

/** Plays two short tones. Silent until the user has interacted with the page. */
export function playTones(): void {
  const context = new AudioContext();
  const volume = context.createGain();
  volume.connect(context.destination);
  for (const [place, frequency] of [660, 880].entries()) {
    const tone = context.createOscillator();
    const start = context.currentTime + place * 0.16;
    tone.frequency.value = frequency;
    tone.connect(volume);
    tone.start(start);
    tone.stop(start + 0.14);
  }
  volume.gain.setValueAtTime(0.12, context.currentTime);
  volume.gain.linearRampToValueAtTime(0, context.currentTime + 0.34);
  setTimeout(() => void context.close(), 1_000);
}
