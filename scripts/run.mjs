// Every command of package.json begins here: `node scripts/run.mjs <command> …`. It has to run in a fresh clone and to
// be read by any Node, so it uses nothing that is installed and no recent syntax; what it imports after the check of
// the version may use what Node 20 knows.

// What runs in production needs no test tools; whatever else is run installs those, too.
const production = ["start", "start-api", "create-workspace", "rotate-keys"];

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
