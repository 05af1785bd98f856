/** The header in which scripts/server/serve.mjs hands over the address of the socket; a client's own is discarded. */
const socketHeader = "x-rollcall-client-address";

/**
 * The network address of whoever called. With proxies of our own in front, each has added the address that it saw at
 * the end of X-Forwarded-For, so the one that counts is that many entries from the end; whatever the client wrote
 * itself stands before it and is not looked at. Without trusted proxies the header counts for nothing.
 */
export function clientAddress(headers: Headers, trustedProxies: number): string {
  const socket = headers.get(socketHeader) ?? "unknown";
  if (trustedProxies === 0) return socket;
  const hops = (headers.get("x-forwarded-for") ?? "")
    .split(",")
    .map((hop) => withoutPort(hop.trim()))
    .filter((hop) => hop !== "");
  return hops.at(-Math.min(trustedProxies, hops.length)) ?? socket;
}

/** Some proxies write the port, too. */
function withoutPort(hop: string): string {
  return /^\[(.*)\](?::\d+)?$/.exec(hop)?.[1] ?? /^([\d.]+):\d+$/.exec(hop)?.[1] ?? hop;
}
