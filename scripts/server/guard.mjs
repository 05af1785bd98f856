// What stands between the network and what answers, Next or the API alone: headers that no answer goes without, the
// address of the client, and paths that can't be read (Next itself would answer those with a bare 500).
import { v7 as uuid } from "uuid";

/** In this header the product reads who is at the other end of the socket; what a client sends in it is discarded. */
const ADDRESS_HEADER = "x-rollcall-client-address";

/**
 * The headers of every answer that does not set them itself. The policy is the strictest there is, for JSON and files;
 * pages bring one of their own (proxy.ts).
 */
export function securityHeaders(publicUrl) {
  return {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy":
      "accelerometer=(), camera=(self), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(self), midi=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    // Two years, as the lists of browsers ask for. Only where the product is reached by TLS: it can't be taken back.
    ...(publicUrl?.startsWith("https:")
      ? { "Strict-Transport-Security": "max-age=63072000; includeSubDomains" }
      : {}),
  };
}

/** The way a header is written above: the names of a `Headers` are all in lower case. */
const usualName = (name) =>
  name === name.toLowerCase() ? name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase()) : "";

/** Adds the headers that are missing when the answer begins, whoever writes it. */
export function fillIn(response, headers) {
  const writeHead = response.writeHead;
  response.writeHead = function (status, ...rest) {
    const given = rest.at(-1);
    if (this.getHeaderNames().length === 0 && typeof given === "object" && !Array.isArray(given)) {
      // One object for Node to write down as it is; headers that are set one by one cost several times as much.
      const all = { ...headers, ...given };
      for (const name in given) {
        if (!(name in headers)) delete all[usualName(name)];
      }
      return writeHead.call(this, status, ...rest.slice(0, -1), all);
    }
    for (const name in headers) {
      if (!this.hasHeader(name)) this.setHeader(name, headers[name]);
    }
    return writeHead.call(this, status, ...rest);
  };
}

/** Says who is at the other end, in a way that the other end can't say itself. */
export function nameClient(request) {
  const address = request.socket.remoteAddress ?? "unknown";
  const raw = request.rawHeaders;
  // Some read the headers as they came in, with whatever the client wrote under this name.
  for (let at = raw.length - 2; at >= 0; at -= 2) {
    if (raw[at].length === ADDRESS_HEADER.length && raw[at].toLowerCase() === ADDRESS_HEADER)
      raw.splice(at, 2);
  }
  raw.push(ADDRESS_HEADER, address);
  request.headers[ADDRESS_HEADER] = address;
}

/** Whether the percent signs in a path stand for UTF-8. Next answers the others with 500; it is the client's mistake. */
export function isReadable(url) {
  if (!url.includes("%")) return true;
  try {
    decodeURIComponent(url.split("?", 1)[0]);
    return true;
  } catch {
    return false;
  }
}

/** Answers a request whose path can't be read, in the form of the API's errors. */
export function refuseUnreadable(request, response) {
  const body = JSON.stringify({
    code: "BadRequest",
    message: "The path has a % that begins no escape of UTF-8; write %25 for a percent sign.",
  });
  response.writeHead(400, {
    "Content-Type": "application/json",
    "Content-Length": Buffer.byteLength(body),
    "Cache-Control": "no-store",
    "X-Request-Id": uuid(),
  });
  response.end(request.method === "HEAD" ? undefined : body);
}
