import { lookAtAudio } from "@/lib/workforce/media/audio/look";
import { blobSource } from "@/lib/workforce/media/audio/source";
import { encodeWav, mixDown } from "@/lib/workforce/media/client/wav";
import { maxSizes } from "@/lib/workforce/media/rules";

/** Maximum length of a recording made here, in seconds. */
export const longestRecording = 300;

/** Samples per second: wideband telephony. Five minutes are 9.6 MB. */
const sampleRate = 16_000;

/**
 * Converts a browser recording to WAV. Recorders write WebM, OGG or MP4 without a duration, which the API or
 * some players don't accept. Rejects if the recording is empty.
 */
export async function toWav(recorded: Blob): Promise<Blob> {
  // Decoding resamples to the sample rate of the context.
  const context = new OfflineAudioContext(1, 1, sampleRate);
  const decoded = await context.decodeAudioData(await recorded.arrayBuffer());
  const channels = Array.from({ length: decoded.numberOfChannels }, (_, index) =>
    decoded.getChannelData(index),
  );
  const samples = mixDown(channels).subarray(0, longestRecording * sampleRate);
  if (samples.length === 0) throw new RangeError("The recording is empty.");
  return new Blob([encodeWav(samples, sampleRate)], { type: "audio/wav" });
}

/** Why a file can't be used as a recording. `name` is its codec or format. */
export type RecordingProblem =
  | { key: "empty" | "type" | "tooHeavy" }
  | { key: "codec" | "format"; name: string };

/** Runs the server's check before the upload. */
export async function recordingProblem(file: Blob): Promise<RecordingProblem | undefined> {
  if (file.size === 0) return { key: "empty" };
  if (file.size > maxSizes.audio) return { key: "tooHeavy" };
  const finding = await lookAtAudio(blobSource(file));
  switch (finding.kind) {
    case "playable":
      return undefined;
    case "codec":
      return { key: "codec", name: finding.codec };
    case "format":
      return { key: "format", name: finding.format };
    default:
      return { key: "type" };
  }
}

/** Returns a name for a recording from its file name: without the extension, cut to the maximum length. */
export function nameOfFile(fileName: string, longest: number): string {
  const bare = fileName
    .replace(/\.[^.]{1,5}$/, "")
    .replace(/[_\s]+/g, " ")
    .trim();
  return [...bare].slice(0, longest).join("").trim();
}
