import { connect } from "node:net";
import { expect } from "vitest";
import { baseUrl } from "./client";

/** An answer as it came over the wire. */
export interface Spoken {
  /** 0 where the connection was closed without an answer. */
  status: number;
  headers: Record<string, string>;
  /** JSON parsed, anything else as text; of chunks the first. */
  body: unknown;
}

/**
 * Writes `text` on a connection of its own, and gives the first answer to it when the other end has closed it. `fetch`
 * mends what is odd; this doesn't.
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
    // It is no JSON, then.
  }
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1] ?? 0), headers, body };
}

/** A request by hand, which has the connection closed behind it. */
export const asked = (method: string, target: string, more: Record<string, string> = {}, body = "") => {
  const headers = { Host: new URL(baseUrl).host, Connection: "close", ...more };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${target} HTTP/1.1\r\n${lines.join("")}\r\n${body}`;
};

/** An answer in the form of the API's errors, with an id. */
export function expectSpoken({ status, headers, body }: Spoken, wanted: number, code: string): void {
  expect({ status, code: (body as { code?: string }).code }).toEqual({ status: wanted, code });
  expect((body as { message?: string }).message).toMatch(/\.$/);
  expect(headers["content-type"]).toBe("application/json");
  expect(headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
  expect(headers["x-content-type-options"]).toBe("nosniff");
}
