import { spawn } from "node:child_process";
import { demoLines } from "../demo";
import { Lifetime } from "../lifetime";
import { projectDir } from "../paths";
import { Problem } from "../problem";
import { ensureGenerated, tools } from "../project/prepare";
import { readSettings } from "../settings";
import { openDatabase } from "./start";

/** `npm run dev`: starts the development server on the same database as `npm start`. */
export async function dev(): Promise<void> {
  const settings = readSettings(process.env);
  await Lifetime.of(async (lifetime) => {
    await ensureGenerated(console.log, lifetime.signal);
    const { env, demo } = await openDatabase(settings, lifetime);
    if (demo) for (const line of demoLines(demo)) console.log(line);

    const args = [tools.next, "dev", "--hostname", settings.host, "--port", String(settings.port)];
    const child = spawn(process.execPath, args, {
      cwd: projectDir,
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...env, NODE_ENV: "development" },
      stdio: "inherit",
    });
    const ended = new Promise<number>((resolve) => {
      child.on("error", () => resolve(-1));
      child.on("exit", (code) => resolve(code ?? -1));
    });
    lifetime.onEnd(
      async () => {
        child.kill("SIGTERM");
        await ended;
      },
      () => child.kill("SIGKILL"),
    );
    const code = await Promise.race([ended, lifetime.interruption]);
    if (code !== 0) throw new Problem(`next dev stopped unexpectedly (code ${code}).`);
  });
}
