import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { projectDir } from "../paths";

/** Output folder of the API server. */
const apiBuildDir = join(projectDir, ".next-api");

/** Not bundled: native code and large modules that are loaded on demand from `node_modules`. */
const leftOutside = [
  "@aws-sdk/*",
  "@node-rs/argon2",
  "date-holidays",
  "graphile-worker",
  "next-auth",
  "next-auth/*",
  "nodemailer",
  "pg-native",
  "sharp",
];

/** Drops zod's messages in fifty languages; the API uses English only. */
const englishAlone: Plugin = {
  name: "english-alone",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\/locales\/index\.js$/ }, ({ resolveDir }) =>
      /node_modules[\\/]zod[\\/]/.test(resolveDir)
        ? { path: join(resolveDir, "..", "locales", "en.js"), namespace: "english-alone" }
        : undefined,
    );
    onLoad({ filter: /./, namespace: "english-alone" }, ({ path }) => ({
      contents: `export { default as en } from ${JSON.stringify(path)};`,
      resolveDir: projectDir,
    }));
  },
};

/**
 * Bundles the API for a plain Node server, with modules that few requests need split off. Keeps the files of
 * earlier builds for servers that still run on them.
 */
export async function buildApi(): Promise<void> {
  await build({
    absWorkingDir: projectDir,
    entryPoints: ["lib/api-server.ts"],
    outdir: apiBuildDir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    external: leftOutside,
    plugins: [englishAlone],
    // Node keeps module sources in memory. Keeps names for the log.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: "none",
    logLevel: "silent",
    banner: {
      js: 'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);',
    },
  });
}
