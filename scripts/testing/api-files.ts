import { readdirSync, readFileSync } from "node:fs";
import { basename, join, sep } from "node:path";
import { projectDir } from "../paths";

const folder = join("e2e", "api");

/** What a test imports that looks at the server itself: its processes, its sockets, how it frames requests and answers. */
const ofTheServer =
  /^(?:import|\} from) .*"(?:@\/e2e\/support\/api\/(?:own-server|by-hand)|node:https?|node:net|node:tls)"/m;

/** Files that look at the server by fetch alone: every operation once, bodies that stream, and the document it serves. */
const named = ["authorisation.test.ts", "media.test.ts", "openapi.test.ts"];

/** Whether a file of API tests looks at what each of the two servers has for itself, and not at what both share. */
export const looksAtServer = (name: string, text: string): boolean =>
  named.includes(name) || ofTheServer.test(text);

/** The files of API tests for which it makes a difference which server answers, as vitest is told. */
export function filesAboutServer(): string[] {
  return readdirSync(join(projectDir, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts") && !name.endsWith(".pages.test.ts"))
    .filter((name) => looksAtServer(basename(name), readFileSync(join(projectDir, folder, name), "utf8")))
    .map((name) => ["e2e", "api", ...name.split(sep)].join("/"));
}
