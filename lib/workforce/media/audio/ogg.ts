import { codec, mostStrays, playable, type Reading, type Stretch, unreadable } from "./finding";
import { type AudioSource, find, letters, view } from "./source";

/** A logical stream in the file. */
interface Stream {
  codec: string;
  /** Granule positions per second; 0 if browsers can't play the stream. */
  rate: number;
  /** Positions at the start that are not played (pre-skip). */
  skipped: number;
  last: number;
}

/** Reads the codec from a stream's first packet. */
function streamOf(packet: Uint8Array): Stream {
  const head = letters(packet, 0, Math.min(packet.length, 8));
  const stream = (name: string, rate = 0, skipped = 0): Stream => ({ codec: name, rate, skipped, last: 0 });
  if (head === "OpusHead" && packet.length >= 12)
    return stream("Opus", 48_000, view(packet).getUint16(10, true));
  if (head.startsWith("\x01vorbis") && packet.length >= 16)
    return stream("Vorbis", view(packet).getUint32(12, true));
  // FLAC mapping: its header, `fLaC`, a block header, then STREAMINFO with the sample rate in 20 bits.
  if (head.startsWith("\x7fFLAC") && packet.length >= 31)
    return stream("FLAC", view(packet).getUint32(27) >>> 12);
  if (head.startsWith("Speex")) return stream("Speex");
  if (head.startsWith("fishead")) return stream("Skeleton");
  if (["\x80theora", "\x01video", "BBCD", "OVP80"].some((start) => head.startsWith(start)))
    return stream("video");
  if (head.startsWith("CELT")) return stream("CELT");
  if (head.startsWith("PCM")) return stream("PCM within OGG");
  return stream("");
}

/** Parses Ogg pages (RFC 3533), with gaps between pages and chained streams. */
export async function readOgg(source: AudioSource): Promise<Reading> {
  const { size, read } = source;
  const streams: Stream[] = [];
  const running = new Map<number, Stream>();
  const strays: Stretch[] = [];
  let at = 0;
  while (at < size) {
    const page = await read(at, 27 + 255 + 64);
    if (letters(page, 0, 4) !== "OggS" || page[4] !== 0 || page.length < 27 + (page[26] ?? 0)) {
      if (strays.length > mostStrays) return unreadable;
      const next = (await find(source, "OggS", at + 1)) ?? size;
      strays.push({ from: at, to: next });
      at = next;
      continue;
    }
    const fields = view(page);
    const serial = fields.getUint32(14, true);
    const body = 27 + (page[26] ?? 0);
    if ((page[5] ?? 0) & 2) {
      const stream = streamOf(page.subarray(body));
      streams.push(stream);
      running.set(serial, stream);
    }
    const stream = running.get(serial);
    const position = Number(fields.getBigInt64(6, true));
    if (stream && position > stream.last) stream.last = position;
    for (const length of page.subarray(27, body)) at += length;
    at += body;
  }
  const heard = streams.filter(({ rate }) => rate > 0);
  if (streams.some((stream) => stream.codec === "video")) return unreadable;
  if (heard.length === 0) {
    const other = streams.find((stream) => stream.codec !== "" && stream.codec !== "Skeleton");
    return other ? codec(other.codec) : unreadable;
  }
  const seconds = heard.reduce((sum, { last, skipped, rate }) => sum + Math.max(0, last - skipped) / rate, 0);
  return playable("audio/ogg", seconds, strays);
}
