import type { ContentType } from "@/lib/workforce/media/rules";

/** Types that recordings are kept as. */
export type AudioType = Exclude<ContentType, "image/webp">;

/** What a file is, as far as its container and its headers tell. */
export type AudioFinding =
  /** Browsers play it, with the `corrections` that it needs for that. */
  | { kind: "playable"; contentType: AudioType; seconds: number; corrections?: Correction[] }
  /** One of the containers that are taken, with something in it that browsers can't play. */
  | { kind: "codec"; codec: string }
  /** Another format. */
  | { kind: "format"; format: string }
  | { kind: "unreadable" };

/** A number of four bytes, the lowest first, that belongs at a place of the file. */
export interface Correction {
  at: number;
  value: number;
}

/** From here to there, in bytes. */
export interface Stretch {
  from: number;
  to: number;
}

/** How often one may lose the thread before it's taken for no recording. Bounds the time that a file may take. */
export const mostStrays = 5000;

/** What a reader of a container gives: what it found, and the parts that belong to nothing. */
export interface Reading {
  finding: AudioFinding;
  strays: Stretch[];
}

export const unreadable: Reading = { finding: { kind: "unreadable" }, strays: [] };

/** A reading of a codec that browsers can't play. */
export const codec = (name: string): Reading => ({ finding: { kind: "codec", codec: name }, strays: [] });

/** The longest recording that is believed, in seconds: a day. */
const longest = 24 * 3600;

/** A reading of sound that lasts this many seconds; without any length it is none. */
export const playable = (contentType: AudioType, seconds: number, strays: Stretch[]): Reading =>
  seconds > 0 && seconds <= longest
    ? { finding: { kind: "playable", contentType, seconds }, strays }
    : unreadable;
