import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { projectDir } from "../paths";

/** Where the API server's code goes. */
const apiBuildDir = join(projectDir, ".next-api");

/**
 * What is not taken into the bundle: native code, and what is heavy and only loaded when somebody asks for it (from
 * `node_modules` then).
 */
const leftOutside = [
  "@aws-sdk/*",
  "@node-rs/argon2",
  "date-holidays",
  "next-auth",
  "next-auth/*",
  "nodemailer",
  "pg-native",
  "sharp",
];

/** zod brings its messages in fifty languages along; the API speaks English. */
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
 * Bundles the API for a bare Node server: into few files, of which only those that every request needs are loaded at the
 * start. What an earlier build has made stays, for a server that runs on it and has not loaded all of it yet.
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
    // Node keeps the text of its modules in memory. Names stay, for the log.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: "none",
    logLevel: "silent",
    banner: {
      js: 'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);',
    },
  });
}
