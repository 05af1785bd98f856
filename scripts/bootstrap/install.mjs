import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { access, constants, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Problem } from "./problem.mjs";

const projectDir = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]+$/, "");
const modules = join(projectDir, "node_modules");
const marker = join(modules, ".rollcall-lock");

/** Installs exactly what the lock file says, when that's not what is installed. */
export async function ensureInstalled() {
  const lock = await readFile(join(projectDir, "package-lock.json"), "utf8");
  const hash = createHash("sha256").update(lock).digest("hex");
  if ((await readText(marker)) === hash) return;

  // npm notes what it has installed; when that is what the lock file says (a developer has just run npm install
  // himself), only our own note is missing.
  const installed = await readText(join(modules, ".package-lock.json"));
  if (installed === "" || !isInstalled(JSON.parse(lock), JSON.parse(installed))) await install();
  // Who may only read node_modules compares again the next time.
  await writeFile(marker, hash).catch(() => undefined);
}

/**
 * Whether npm's note of what is installed (`node_modules/.package-lock.json`) fits a lock file. Packages for other
 * platforms, which are optional, may be missing.
 */
export function isInstalled(lock, installed) {
  const wanted = Object.entries(lock.packages).filter(([path]) => path !== "");
  const present = installed.packages;
  const fits = wanted.every(([path, entry]) => {
    const found = present[path];
    if (!found) return entry.optional === true || entry.peer === true;
    return found.version === entry.version && found.integrity === entry.integrity;
  });
  return fits && Object.keys(present).every((path) => path in lock.packages);
}

async function install() {
  await access(projectDir, constants.W_OK).catch(() => {
    throw new Problem(`Nothing can be written to ${projectDir}: make it writable for this user.`);
  });
  console.log("Installing what package-lock.json says (a minute or two, this time only)");
  // Without --include=dev, NODE_ENV=production in somebody's shell would leave out what the build needs.
  const { code, output } = await npm(["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]);
  if (code === 0) return;
  const lines = output.trim().split("\n");
  console.error(lines.slice(-15).join("\n"));
  throw new Problem(`npm ci failed (see above); without a network nothing can be installed.`);
}

function npm(args) {
  const [file, first, shell] = npmCommand();
  return new Promise((resolve) => {
    const child = spawn(file, [...first, ...args], {
      cwd: projectDir,
      shell,
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
    });
    let output = "";
    const keep = (chunk) => {
      output += chunk;
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", (error) => resolve({ code: -1, output: output + error.message }));
    child.on("close", (code) => resolve({ code, output }));
  });
}

/** npm as a script for this Node where it can be found; else whatever `npm` the shell finds. */
function npmCommand() {
  const beside = dirname(process.execPath);
  const places = [
    process.env.npm_execpath || "",
    join(beside, "node_modules", "npm", "bin", "npm-cli.js"),
    join(beside, "..", "lib", "node_modules", "npm", "bin", "npm-cli.js"),
  ];
  const script = places.find((place) => place.endsWith("npm-cli.js") && existsSync(place));
  if (script) return [process.execPath, [script], false];
  // npm is a .cmd file on Windows, which only a shell can start.
  return process.platform === "win32" ? ["npm.cmd", [], true] : ["npm", [], false];
}

async function readText(file) {
  return readFile(file, "utf8").catch(() => "");
}
