// What stands between the network and what answers, Next or the API alone: headers that no answer goes without, and
// requests that must not reach it (docs/decisions/0026-one-front-before-both-servers.md).
import { v7 as uuid } from "uuid";
import { closeBehind, isArriving } from "./bodies.mjs";
import { refuse } from "./refusals.mjs";
import { cleanHeaders, refusalOfHeaders } from "./request-headers.mjs";
import { isApi, readTarget } from "./targets.mjs";

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
export function fillIn(request, response, headers) {
  const writeHead = response.writeHead;
  response.writeHead = function (status, ...rest) {
    const given = rest.at(-1);
    const closes = isArriving(request);
    if (closes) closeBehind(request);
    if (this.getHeaderNames().length === 0 && typeof given === "object" && !Array.isArray(given)) {
      // One object for Node to write down as it is; headers that are set one by one cost several times as much.
      const all = { ...headers, ...given };
      for (const name in given) {
        if (!(name in headers)) delete all[usualName(name)];
      }
      if (!("x-request-id" in all) && !("X-Request-Id" in all)) all["X-Request-Id"] = uuid();
      if (closes) {
        delete all.connection;
        all.Connection = "close";
      }
      return writeHead.call(this, status, ...rest.slice(0, -1), all);
    }
    for (const name in headers) {
      if (!this.hasHeader(name)) this.setHeader(name, headers[name]);
    }
    const hasId = this.hasHeader("X-Request-Id") || (typeof given === "object" && "X-Request-Id" in given);
    if (!hasId) this.setHeader("X-Request-Id", uuid());
    if (closes) this.setHeader("Connection", "close");
    return writeHead.call(this, status, ...rest);
  };
}

/**
 * Looks at a request before what answers does, and answers it where that must not be asked; its target and headers are as
 * they may be read then.
 *
 * @returns whether it is to be passed on
 */
export function admit(request, response, { behindProxy }) {
  const refusal = refusalOfHeaders(request);
  const target = refusal ? { refusal } : readTarget(request.method, request.url);
  if (target.refusal) {
    refuse(request, response, target.refusal);
    return false;
  }
  if (target.allow) {
    response.writeHead(204, { Allow: target.allow.join(", ") });
    response.end();
    return false;
  }
  request.url = target.url;
  cleanHeaders(request, { forApi: isApi(target.path), behindProxy });
  return true;
}
