import { readdirSync, readFileSync } from "node:fs";
import { basename, join, sep } from "node:path";
import { projectDir } from "../paths";

const folder = join("e2e", "api");

/** Imports of tests that check the server itself: its processes, sockets and HTTP framing. */
const ofTheServer =
  /^(?:import|\} from) .*"(?:@\/e2e\/support\/api\/(?:own-server|by-hand)|node:https?|node:net|node:tls)"/m;

/**
 * Files that check the server with fetch alone: every operation once, streamed bodies, and its OpenAPI
 * document.
 */
const named = ["authorisation.test.ts", "media.test.ts", "openapi.test.ts"];

/** Returns whether an API test file checks what the two servers don't share. */
export const looksAtServer = (name: string, text: string): boolean =>
  named.includes(name) || ofTheServer.test(text);

/** Returns the API test files that must run against both servers, as paths for vitest. */
export function filesAboutServer(): string[] {
  return readdirSync(join(projectDir, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts") && !name.endsWith(".pages.test.ts"))
    .filter((name) => looksAtServer(basename(name), readFileSync(join(projectDir, folder, name), "utf8")))
    .map((name) => ["e2e", "api", ...name.split(sep)].join("/"));
}
