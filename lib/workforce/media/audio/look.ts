import { type AudioFinding, type Reading, type Stretch, unreadable } from "./finding";
import { readMpeg } from "./mpeg";
import { readMpeg4 } from "./mpeg4";
import { readOgg } from "./ogg";
import { type AudioSource, find, letters } from "./source";
import { readWave } from "./wave";

/** Unsupported formats by their first bytes. */
const others: readonly [string | RegExp, string][] = [
  ["fLaC", "FLAC"],
  ["#!AMR", "AMR"],
  [/^FORM....AIF[FC]/s, "AIFF"],
  ["caff", "CAF"],
  [".snd", "AU"],
  ["\x30\x26\xb2\x75\x8e\x66\xcf\x11", "WMA"],
  ["\x1aE\xdf\xa3", "WebM"],
  ["MThd", "MIDI"],
  ["wvpk", "WavPack"],
  ["MAC ", "Monkey’s Audio"],
  [/^RF64....WAVE/s, "RF64"],
  [/^RIFX....WAVE/s, "RIFX"],
];
/** AAC in ADTS: same sync bits as MPEG audio, but layer 0. */
const adts = /^\xff[\xf0\xf1\xf8\xf9]/;

const otherFormat = (head: string) =>
  others.find(([start]) => (typeof start === "string" ? head.startsWith(start) : start.test(head)))?.[1];

/**
 * Signatures of active content, which other programs might run or unpack if it is between parts of a
 * recording.
 */
const active = [
  "<html",
  "<HTML",
  "<!doctype",
  "<!DOCTYPE",
  "<script",
  "<SCRIPT",
  "<svg",
  "<?xml",
  "<?php",
  "%PDF-",
  "PK\x03\x04",
];

/**
 * Identifies a recording by its bytes and returns whether browsers can play it. Skips padding and stray bytes
 * as browsers do, but rejects files with active content in them.
 */
export async function lookAtAudio(source: AudioSource): Promise<AudioFinding> {
  const head = letters(await source.read(0, 64));
  const { finding, strays } = await readingOf(source, head);
  if (finding.kind === "playable" && (await holdsActive(source, strays))) return unreadable.finding;
  if (finding.kind !== "unreadable") return finding;
  const other = otherFormat(head) ?? (adts.test(head) ? "AAC without a container" : undefined);
  return other ? { kind: "format", format: other } : finding;
}

async function readingOf(source: AudioSource, head: string): Promise<Reading> {
  if (/^RIFF.{4}WAVE/s.test(head)) return readWave(source);
  if (/^.{4}ftyp/s.test(head)) return readMpeg4(source);
  if (head.startsWith("OggS")) return readOgg(source);
  return otherFormat(head) === undefined ? readMpeg(source) : unreadable;
}

async function holdsActive(source: AudioSource, strays: readonly Stretch[]): Promise<boolean> {
  for (const { from, to } of strays)
    for (const each of active) if ((await find(source, each, from, to)) !== undefined) return true;
  return false;
}
