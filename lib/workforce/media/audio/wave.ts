import { codec, playable, type Reading, unreadable } from "./finding";
import { type AudioSource, letters, view } from "./source";

/** Names of WAV format tags (mmreg.h). */
const names: Record<number, string> = {
  2: "Microsoft ADPCM",
  16: "OKI ADPCM",
  17: "IMA ADPCM",
  20: "G.723 ADPCM",
  32: "Yamaha ADPCM",
  34: "TrueSpeech",
  49: "GSM 6.10",
  64: "G.721 ADPCM",
  66: "G.723.1",
  69: "G.726 ADPCM",
  80: "MPEG layer II",
  100: "G.726 ADPCM",
  101: "G.722",
  131: "G.729",
  255: "AAC within WAV",
  352: "Windows Media Audio",
  353: "Windows Media Audio",
  354: "Windows Media Audio",
  355: "Windows Media Audio",
  512: "Creative ADPCM",
  655: "G.722",
  5648: "AAC within WAV",
  8192: "AC-3",
  8193: "DTS",
  21318: "Flash ADPCM",
  61868: "FLAC within WAV",
};

const pcm = 1;
const float = 3;
/** MP3 in WAV gives no bits per sample; its duration follows from bytes per second. */
const mp3 = 85;
/** Bits per sample that browsers play, by format tag: PCM, float, A-law, µ-law, MP3. */
const played: Record<number, readonly number[]> = {
  [pcm]: [8, 16, 24, 32],
  [float]: [32],
  6: [8],
  7: [8],
  [mp3]: [0, 16],
};
/** WAVE_FORMAT_EXTENSIBLE: the actual tag comes later in the chunk. */
const extensible = 0xfffe;

interface Format {
  tag: number;
  bits: number;
  bytesPerSecond: number;
}

function formatOf(chunk: Uint8Array): Format | undefined {
  if (chunk.length < 16) return undefined;
  const fields = view(chunk);
  const tag = fields.getUint16(0, true);
  const bits = fields.getUint16(14, true);
  const samples = fields.getUint32(4, true) * fields.getUint16(2, true);
  const isExtensible = tag === extensible && chunk.length >= 26;
  const declared = fields.getUint32(8, true);
  return {
    tag: isExtensible ? fields.getUint16(24, true) : tag,
    bits,
    bytesPerSecond: tag === mp3 ? declared : samples * Math.ceil(bits / 8) || declared,
  };
}

/**
 * Parses the RIFF chunks of a WAV file. Files from a pipe have no size for the samples, which then extend to
 * the end of the file. Wrong sizes and data after the samples are ignored.
 */
export async function readWave({ size, read }: AudioSource): Promise<Reading> {
  let format: Format | undefined;
  let samples: { from: number; to: number; isUnknown: boolean } | undefined;
  let at = 12;
  while (at + 8 <= size) {
    const head = await read(at, 8);
    const name = letters(head, 0, 4);
    if (!/^[\x20-\x7e]{4}$/.test(name)) break;
    const length = view(head).getUint32(4, true);
    if (name === "fmt ") format ??= formatOf(await read(at + 8, Math.min(length, 40)));
    const to = at + 8 + length;
    if (name === "data" && !samples) {
      const isOpen = length === 0 || to > size;
      samples = { from: at + 8, to: isOpen ? size : to, isUnknown: length === 0 };
      if (isOpen) at = size;
    }
    if (to > size) break;
    // Chunks are padded to an even length, but some writers omit the last pad byte.
    if (at < size) at = to + (length % 2);
  }
  if (!format || !samples) return unreadable;
  const { tag, bits, bytesPerSecond } = format;
  if (!played[tag]) return codec(names[tag] ?? `WAV of format 0x${tag.toString(16).padStart(4, "0")}`);
  if (!played[tag].includes(bits))
    return codec(`${tag === float ? "floating-point" : "PCM"} of ${bits} bits`);
  const seconds = bytesPerSecond === 0 ? 0 : (samples.to - samples.from) / bytesPerSecond;
  const reading = playable("audio/wav", seconds, at < size ? [{ from: at, to: size }] : []);
  // Some browsers don't treat a length of 0 as unknown.
  if (reading.finding.kind === "playable" && samples.isUnknown)
    reading.finding.corrections = [
      { at: 4, value: size - 8 },
      { at: samples.from - 4, value: size - samples.from },
    ];
  return reading;
}
