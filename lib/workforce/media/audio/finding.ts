import type { ContentType } from "@/lib/workforce/media/rules";

/** Stored types of recordings. */
export type AudioType = Exclude<ContentType, "image/webp">;

/** The kind of a file, based on its container and headers. */
export type AudioFinding =
  /** Browsers can play it after these corrections. */
  | { kind: "playable"; contentType: AudioType; seconds: number; corrections?: Correction[] }
  /** A supported container with a codec that browsers can't play. */
  | { kind: "codec"; codec: string }
  /** An unsupported format. */
  | { kind: "format"; format: string }
  | { kind: "unreadable" };

/** A 32-bit little-endian number to write at a byte offset. */
export interface Correction {
  at: number;
  value: number;
}

/** A byte range, excluding `to`. */
export interface Stretch {
  from: number;
  to: number;
}

/** Maximum gaps in a stream before the file is rejected. Limits the time that a file may take. */
export const mostStrays = 5000;

/** The result of a container parser, and the byte ranges that belong to nothing. */
export interface Reading {
  finding: AudioFinding;
  strays: Stretch[];
}

export const unreadable: Reading = { finding: { kind: "unreadable" }, strays: [] };

export const codec = (name: string): Reading => ({ finding: { kind: "codec", codec: name }, strays: [] });

/** Longest plausible recording, in seconds: one day. */
const longest = 24 * 3600;

/** Returns the result for playable audio; unreadable if the duration is zero or implausible. */
export const playable = (contentType: AudioType, seconds: number, strays: Stretch[]): Reading =>
  seconds > 0 && seconds <= longest
    ? { finding: { kind: "playable", contentType, seconds }, strays }
    : unreadable;
