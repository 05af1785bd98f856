/** Encodes 16 bits, little-endian. */
const word = (value: number) => [value & 255, value >> 8];

/**
 * Creates a GIF with one red frame on a larger canvas. LZW codes stay 3 bits wide, because the table is
 * cleared before it grows.
 */
export function makeGif({
  canvas,
  left,
  top,
  edge,
}: {
  /** Edge length of the canvas. */
  canvas: number;
  left: number;
  top: number;
  /** Edge length of the frame. */
  edge: number;
}): Buffer {
  const [clear, end, red] = [4, 5, 1];
  const codes = Array.from({ length: edge * edge }, (_, index) => (index % 2 === 0 ? [clear, red] : [red]));
  let bits = "";
  for (const code of [...codes.flat(), end]) bits = code.toString(2).padStart(3, "0") + bits;
  const bytes = (bits.padStart(Math.ceil(bits.length / 8) * 8, "0").match(/.{8}/g) ?? [])
    .reverse()
    .map((byte) => Number.parseInt(byte, 2));
  const pieces: number[] = [];
  for (let at = 0; at < bytes.length; at += 255) {
    const piece = bytes.slice(at, at + 255);
    pieces.push(piece.length, ...piece);
  }
  return Buffer.from([
    ...Buffer.from("GIF89a", "latin1"),
    ...[...word(canvas), ...word(canvas), 0x81, 0, 0],
    ...[0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255],
    ...[0x2c, ...word(left), ...word(top), ...word(edge), ...word(edge), 0, 2, ...pieces, 0, 0x3b],
  ]);
}
