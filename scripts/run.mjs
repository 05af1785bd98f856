// Entry point of every command in package.json: `node scripts/run.mjs <command> …`. Runs in a fresh clone and
// must parse in any Node version, so it uses no packages and no recent syntax. What it imports after the
// version check can rely on Node 20.

// Production commands don't need development dependencies.
const production = ["start", "start-api", "create-workspace", "rotate-keys", "check-data"];

function complain(error) {
  const known = error && error.name === "Problem";
  console.error(known ? error.message : error);
  process.exit(1);
}

async function main() {
  const version = process.versions.node.split(".").map(Number);
  if (version[0] < 20 || (version[0] === 20 && version[1] < 19)) {
    console.error(`Rollcall needs Node 20.19 or newer. This is ${process.version}.`);
    process.exit(1);
  }
  const command = process.argv[2];
  if (command === "start" || command === "start-api" || command === "dev") {
    const { refuseTakenPort } = await import("./bootstrap/port.mjs");
    await refuseTakenPort(process.env);
  }
  const { ensureInstalled } = await import("./bootstrap/install.mjs");
  await ensureInstalled({ tools: !production.includes(command) });
  const { register } = await import("tsx/esm/api");
  register();
  const { runCommand } = await import("./commands/index.ts");
  await runCommand(command, process.argv.slice(3));
}

main().catch(complain);
