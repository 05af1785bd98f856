/**
 * The one clock of all pages: the server's, as far as its answers tell. A computer whose clock is wrong would otherwise show
 * somebody out of hours whom the server has in hours. Both are epoch milliseconds.
 */

/** Milliseconds that the server's clock is ahead of this computer's. */
let ahead = 0;

/** A `Date` header has whole seconds, cut off. */
const RESOLUTION_MS = 1_000;

/** What time it is by the server's clock. */
export function pageNow(): number {
  return Date.now() + ahead;
}

/** An instant by this computer's clock as one by the server's. */
export function pageTime(ownMs: number): number {
  return ownMs + ahead;
}

/**
 * Compares with the `Date` of an answer that was asked for at `sentMs` and had come by `receivedMs`, by this computer's clock.
 * What is known stays unless the answer proves it wrong, so that times don't jitter with the network.
 */
export function observeServerDate(header: string | null, sentMs: number, receivedMs: number): void {
  const server = header === null ? Number.NaN : Date.parse(header);
  // A clock that was set in between, or an answer that took very long, proves nothing.
  if (Number.isNaN(server) || receivedMs < sentMs) return;
  const least = server - receivedMs;
  const most = server + RESOLUTION_MS - sentMs;
  if (ahead < least || ahead > most) ahead = Math.round((least + most) / 2);
}
