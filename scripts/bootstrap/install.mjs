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

/**
 * Installs the dependencies in package-lock.json unless they are installed already; with `tools`, development
 * dependencies as well.
 */
export async function ensureInstalled({ tools }) {
  const lock = await readFile(join(projectDir, "package-lock.json"), "utf8");
  const hash = createHash("sha256").update(lock).digest("hex");
  const noted = await readText(marker);
  if (noted === hash || (!tools && noted === `${hash} without tools`)) return;

  // npm records what it installed. If that matches the lock file, for example after a manual `npm install`,
  // only our marker is missing.
  const text = await readText(join(modules, ".package-lock.json"));
  const installed = text === "" ? undefined : JSON.parse(text);
  const wanted = JSON.parse(lock);
  const complete = installed && isInstalled(wanted, installed, true);
  const runs = installed && isInstalled(wanted, installed, false);
  if (!complete && (tools || !runs)) await install(tools, runs);
  // Without write access, the comparison runs again next time.
  await writeFile(marker, complete || tools ? hash : `${hash} without tools`).catch(() => undefined);
}

/**
 * Returns whether npm's record (`node_modules/.package-lock.json`) matches a lock file, with or without
 * development dependencies. Optional packages for other platforms may be missing.
 */
export function isInstalled(lock, installed, tools) {
  const wanted = Object.entries(lock.packages).filter(([path]) => path !== "");
  const present = installed.packages;
  const fits = wanted.every(([path, entry]) => {
    const found = present[path];
    if (!found)
      return (
        entry.optional === true ||
        entry.peer === true ||
        (!tools && (entry.dev || entry.devOptional) === true)
      );
    return found.version === entry.version && found.integrity === entry.integrity;
  });
  return fits && Object.keys(present).every((path) => path in lock.packages);
}

/** Adds what is missing if the rest is there and may be in use; otherwise reinstalls everything. */
async function install(tools, rest) {
  await access(projectDir, constants.W_OK).catch(() => {
    throw new Problem(`Can't write to ${projectDir}. Make the folder writable for this user.`);
  });
  console.log("Installing dependencies from package-lock.json (1 to 2 minutes, only once)");
  // Explicit in both cases, because NODE_ENV would change npm's default.
  const which = tools ? "--include=dev" : "--omit=dev";
  const how = rest ? ["install", "--no-save"] : ["ci"];
  const { code, output } = await npm([...how, which, "--no-audit", "--no-fund", "--loglevel=error"]);
  if (code === 0) return;
  const lines = output.trim().split("\n");
  console.error(lines.slice(-15).join("\n"));
  throw new Problem(`npm ${how[0]} failed (see above). Check the network connection and try again.`);
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

/** Returns npm's script for this Node if found, otherwise `npm` from the PATH. */
function npmCommand() {
  const beside = dirname(process.execPath);
  const places = [
    process.env.npm_execpath || "",
    join(beside, "node_modules", "npm", "bin", "npm-cli.js"),
    join(beside, "..", "lib", "node_modules", "npm", "bin", "npm-cli.js"),
  ];
  const script = places.find((place) => place.endsWith("npm-cli.js") && existsSync(place));
  if (script) return [process.execPath, [script], false];
  // On Windows npm is a .cmd file, which needs a shell.
  return process.platform === "win32" ? ["npm.cmd", [], true] : ["npm", [], false];
}

async function readText(file) {
  return readFile(file, "utf8").catch(() => "");
}
