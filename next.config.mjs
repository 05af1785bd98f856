import { fileURLToPath } from "node:url";

/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // The image optimizer is not used; scripts/server/targets.mjs blocks its path.
  images: { unoptimized: true },
  agentRules: false,
  // `npm test` checks types, so builds skip it.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
    "@aws-sdk/client-s3",
    "@node-rs/argon2",
    "date-holidays",
    "graphile-worker",
    "pg",
    "pino",
    "sharp",
  ],
  turbopack: {
    root: fileURLToPath(new URL(".", import.meta.url)),
    // Without the ICU message parser: catalogs are compiled by the rule below.
    resolveAlias: { "use-intl/format-message": "use-intl/format-message/format-only" },
    rules: {
      "**/locale/messages/*/*.json": {
        loaders: [{ loader: fileURLToPath(new URL("scripts/build/compile-messages.mjs", import.meta.url)) }],
        as: "*.js",
      },
      // React Aria's screen reader messages come in 34 languages; keep only those with a catalog.
      "**/dist/private/**/intlStrings.mjs": {
        loaders: [
          {
            loader: fileURLToPath(new URL("scripts/build/keep-languages.mjs", import.meta.url)),
            options: { languages: ["en-US", "de-DE", "ar-AE"] },
          },
        ],
        as: "*.js",
      },
    },
  },
};

export default config;
