import { connect } from "node:net";
import { expect } from "vitest";
import { baseUrl } from "./client";

/** A raw HTTP response. */
export interface Spoken {
  /** 0 if the connection was closed without a response. */
  status: number;
  headers: Record<string, string>;
  /** Parsed JSON or text; only the first chunk of a chunked body. */
  body: unknown;
}

/**
 * Sends raw bytes on a new connection and returns the first response once the server closes it. Unlike
 * `fetch`, it does not normalize malformed requests.
 */
export function speak(text: string | Buffer, base = baseUrl): Promise<Spoken> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve) => {
    let got = "";
    const socket = connect(Number(port), hostname, () => socket.write(text));
    socket.on("data", (chunk) => {
      got += chunk.toString("latin1");
    });
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(read(got)));
  });
}

function read(text: string): Spoken {
  const end = text.indexOf("\r\n\r\n");
  const [first = "", ...lines] = text.slice(0, Math.max(0, end)).split("\r\n");
  const headers = Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf(":")).toLowerCase(),
      line.slice(line.indexOf(":") + 1).trim(),
    ]),
  );
  let body: unknown = text.slice(end + 4);
  if (headers["transfer-encoding"] === "chunked") body = String(body).split("\r\n")[1] ?? "";
  try {
    body = JSON.parse(String(body));
  } catch {
    // Not JSON.
  }
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1] ?? 0), headers, body };
}

/** Builds a raw request with `Connection: close`. */
export const asked = (method: string, target: string, more: Record<string, string> = {}, body = "") => {
  const headers = { Host: new URL(baseUrl).host, Connection: "close", ...more };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${target} HTTP/1.1\r\n${lines.join("")}\r\n${body}`;
};

/** Expects an error response in the API's format, with a request ID. */
export function expectSpoken({ status, headers, body }: Spoken, wanted: number, code: string): void {
  expect({ status, code: (body as { code?: string }).code }).toEqual({ status: wanted, code });
  expect((body as { message?: string }).message).toMatch(/\.$/);
  expect(headers["content-type"]).toBe("application/json");
  expect(headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
  expect(headers["x-content-type-options"]).toBe("nosniff");
}
