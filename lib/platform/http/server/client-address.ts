/** Header in which scripts/server/serve.mjs passes the socket's address; it removes one sent by a client. */
const socketHeader = "x-rollcall-client-address";

/**
 * Returns the client's IP address. Each of our proxies appends the address it sees to X-Forwarded-For, so the
 * client's is `trustedProxies` entries from the end; earlier entries can be forged. With 0 proxies, the
 * socket's address counts.
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

/** Some proxies append the port. */
function withoutPort(hop: string): string {
  return /^\[(.*)\](?::\d+)?$/.exec(hop)?.[1] ?? /^([\d.]+):\d+$/.exec(hop)?.[1] ?? hop;
}
