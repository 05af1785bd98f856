/**
 * The server's time, estimated from response headers. With a wrong local clock, a page would otherwise show
 * an agent as out of hours while the server has them in hours. All times are epoch milliseconds.
 */

/** Milliseconds by which the server's clock is ahead of the local one. */
let ahead = 0;

/** The `Date` header is truncated to whole seconds. */
const RESOLUTION_MS = 1_000;

/** Returns the current time by the server's clock. */
export function pageNow(): number {
  return Date.now() + ahead;
}

/** Converts a local time to server time. */
export function pageTime(ownMs: number): number {
  return ownMs + ahead;
}

/**
 * Adjusts the offset by the `Date` header of a response that was sent at `sentMs` and received at
 * `receivedMs` (local time). Only adjusts if the header contradicts the offset, so that times don't jitter
 * with network latency.
 */
export function observeServerDate(header: string | null, sentMs: number, receivedMs: number): void {
  const server = header === null ? Number.NaN : Date.parse(header);
  // No valid header, or the local clock was set back during the request.
  if (Number.isNaN(server) || receivedMs < sentMs) return;
  const least = server - receivedMs;
  const most = server + RESOLUTION_MS - sentMs;
  if (ahead < least || ahead > most) ahead = Math.round((least + most) / 2);
}
