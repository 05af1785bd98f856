const headerLength = 44;
const bytesPerSample = 2;

/** Mixes channels down to one by averaging them. */
export function mixDown(channels: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const mixed = new Float32Array(Math.max(0, ...channels.map((channel) => channel.length)));
  for (const channel of channels)
    for (let at = 0; at < channel.length; at += 1)
      mixed[at] = (mixed[at] ?? 0) + (channel[at] ?? 0) / channels.length;
  return mixed;
}

/**
 * Encodes samples from -1 to 1 as WAV (RIFF, 16-bit PCM, mono). Clips louder samples; NaN becomes silence.
 */
export function encodeWav(samples: Float32Array, sampleRate: number): Uint8Array<ArrayBuffer> {
  const dataLength = samples.length * bytesPerSample;
  const file = new Uint8Array(headerLength + dataLength);
  const view = new DataView(file.buffer);
  const text = (at: number, letters: string) => {
    for (let index = 0; index < letters.length; index += 1)
      view.setUint8(at + index, letters.charCodeAt(index));
  };
  text(0, "RIFF");
  view.setUint32(4, file.length - 8, true);
  text(8, "WAVE");
  text(12, "fmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * bytesPerSample, true);
  view.setUint16(32, bytesPerSample, true);
  view.setUint16(34, bytesPerSample * 8, true);
  text(36, "data");
  view.setUint32(40, dataLength, true);
  samples.forEach((sample, index) => {
    const bounded = Math.max(-1, Math.min(1, sample || 0));
    view.setInt16(headerLength + index * bytesPerSample, Math.round(bounded * 0x7fff), true);
  });
  return file;
}
