/** A position in the log. Events are ordered by `position`, then by `id`. */
export interface Cursor {
  position: number;
  id: number;
}

/** Before the first event. */
export const beginning: Cursor = { position: 0, id: 0 };

/** Negative if `one` is before `other`. */
export const compareCursors = (one: Cursor, other: Cursor): number =>
  one.position - other.position || one.id - other.id;

const pattern = /^[0-9A-Za-z_-]{22}$/;

/** Returns a cursor as callers see it: 16 bytes in base64url. */
export function writeCursor({ position, id }: Cursor): string {
  const bytes = new DataView(new ArrayBuffer(16));
  bytes.setBigUint64(0, BigInt(position));
  bytes.setBigUint64(8, BigInt(id));
  return Buffer.from(bytes.buffer).toString("base64url");
}

/** Returns undefined for a text that `writeCursor` never returns. */
export function readCursor(text: string): Cursor | undefined {
  if (!pattern.test(text)) return undefined;
  const bytes = Buffer.from(text, "base64url");
  const cursor = { position: Number(bytes.readBigUInt64BE(0)), id: Number(bytes.readBigUInt64BE(8)) };
  const isExact = Number.isSafeInteger(cursor.position) && Number.isSafeInteger(cursor.id);
  return isExact && writeCursor(cursor) === text ? cursor : undefined;
}
