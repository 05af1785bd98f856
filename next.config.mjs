import { fileURLToPath } from "node:url";

/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Nothing uses the optimiser of images; scripts/server/targets.mjs closes its path.
  images: { unoptimized: true },
  agentRules: false,
  // Types are checked by `npm test`; a start need not wait for it.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["@aws-sdk/client-s3", "@node-rs/argon2", "date-holidays", "pg", "pino", "sharp"],
  turbopack: {
    root: fileURLToPath(new URL(".", import.meta.url)),
    rules: {
      // What React Aria says to screen readers comes in 34 languages; those that there is no catalogue for stay out.
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
