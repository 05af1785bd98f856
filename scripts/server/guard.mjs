// What stands between the network and Next: headers that no answer goes without, the address of the client, and paths
// that Next itself would answer with a bare 500.
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

/** Adds the headers that are missing when the answer begins, whoever writes it. */
export function fillIn(response, headers) {
  const writeHead = response.writeHead;
  response.writeHead = function (...args) {
    for (const [name, value] of Object.entries(headers)) {
      if (!response.hasHeader(name)) response.setHeader(name, value);
    }
    return writeHead.apply(this, args);
  };
}

/** Says who is at the other end, in a way that the other end can't say itself. */
export function nameClient(request) {
  request.headers[ADDRESS_HEADER] = request.socket.remoteAddress ?? "unknown";
}

/** Whether the percent signs in a path stand for UTF-8. Next answers the others with 500; it is the client's mistake. */
export function isReadable(url) {
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
