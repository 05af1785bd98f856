// Adds security headers to every response and keeps invalid requests from reaching Next.js or the API
// (docs/decisions/0026-one-front-before-both-servers.md).
import { v7 as uuid } from "uuid";
import { closeBehind, isArriving } from "./bodies.mjs";
import { refuse } from "./refusals.mjs";
import { cleanHeaders, refusalOfHeaders } from "./request-headers.mjs";
import { isApi, readTarget } from "./targets.mjs";

/**
 * Returns the default headers of every response. The strict content security policy suits JSON and files;
 * pages set their own (proxy.ts).
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
    // Two years, as browsers' preload lists require. Only with TLS, because it can't be revoked.
    ...(publicUrl?.startsWith("https:")
      ? { "Strict-Transport-Security": "max-age=63072000; includeSubDomains" }
      : {}),
  };
}

/** Returns the canonical spelling of a header name; `Headers` objects have lower-case names. */
const usualName = (name) =>
  name === name.toLowerCase() ? name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase()) : "";

/** Adds missing headers when the response starts, regardless of who writes it. */
export function fillIn(request, response, headers) {
  const writeHead = response.writeHead;
  response.writeHead = function (status, ...rest) {
    const given = rest.at(-1);
    const closes = isArriving(request);
    if (closes) closeBehind(request);
    if (this.getHeaderNames().length === 0 && typeof given === "object" && !Array.isArray(given)) {
      // Passing Node one object is several times faster than setting each header.
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
 * Validates a request and answers it if it is refused. Otherwise cleans its target and headers. Returns
 * whether to pass it on.
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
