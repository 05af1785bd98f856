import { lookAtAudio } from "@/lib/workforce/media/audio/look";
import { blobSource } from "@/lib/workforce/media/audio/source";
import { encodeWav, mixDown } from "@/lib/workforce/media/client/wav";
import { maxSizes } from "@/lib/workforce/media/rules";

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

/** Why a file can't be used as a recording; `name` is what it is instead. */
export type RecordingProblem =
  | { key: "empty" | "type" | "tooHeavy" }
  | { key: "codec" | "format"; name: string };

/** Looks at a file before it is sent, as the server does after it has arrived. */
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

/** What to call a recording by the name of its file: without its ending, and no longer than a name may be. */
export function nameOfFile(fileName: string, longest: number): string {
  const bare = fileName
    .replace(/\.[^.]{1,5}$/, "")
    .replace(/[_\s]+/g, " ")
    .trim();
  return [...bare].slice(0, longest).join("").trim();
}
