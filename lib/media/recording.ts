import { maxSizes } from "@/lib/media/rules";
import { looksLikeAudio, signatureLength } from "@/lib/media/signatures";
import { encodeWav, mixDown } from "@/lib/media/wav";

/** Makes recordings in the browser fit to be uploaded. */

/** Seconds that a recording made here may last. */
export const longestRecording = 300;

/** Samples a second: what a telephone with a wide band carries. Five minutes are 9.6 MB. */
const sampleRate = 16_000;

/**
 * What a recorder of a browser has written, as WAV. Browsers write WebM, OGG or MP4 in pieces without a length; of those
 * the contract takes some, and not every player plays them. Rejects when there is nothing in it.
 */
export async function toWav(recorded: Blob): Promise<Blob> {
  // Decoding gives the sample rate of the context.
  const context = new OfflineAudioContext(1, 1, sampleRate);
  const decoded = await context.decodeAudioData(await recorded.arrayBuffer());
  const channels = Array.from({ length: decoded.numberOfChannels }, (_, index) =>
    decoded.getChannelData(index),
  );
  const samples = mixDown(channels).subarray(0, longestRecording * sampleRate);
  if (samples.length === 0) throw new RangeError("The recording is empty.");
  return new Blob([encodeWav(samples, sampleRate)], { type: "audio/wav" });
}

/** Why a file can't be used as a recording. */
export type RecordingProblem = "empty" | "type" | "tooHeavy";

/** Looks at a file before it is sent. The server looks closer. */
export async function recordingProblem(file: Blob): Promise<RecordingProblem | undefined> {
  if (file.size === 0) return "empty";
  const head = new Uint8Array(await file.slice(0, signatureLength).arrayBuffer());
  if (!looksLikeAudio(head)) return "type";
  return file.size > maxSizes.audio ? "tooHeavy" : undefined;
}

/** What to call a recording by the name of its file: without its ending, and no longer than a name may be. */
export function nameOfFile(fileName: string, longest: number): string {
  const bare = fileName
    .replace(/\.[^.]{1,5}$/, "")
    .replace(/[_\s]+/g, " ")
    .trim();
  return [...bare].slice(0, longest).join("").trim();
}
