import { defineConfig } from "@playwright/test";
import {
  baseUrl,
  chromiumExecutable,
  firefoxExecutable,
  wantsWholeMatrix,
} from "./e2e/support/ui/environment";
import type { BrowserOptions } from "./e2e/support/ui/fixtures";
import { chromiumOptions } from "./scripts/testing/chromium";
import { firefoxOptions } from "./scripts/testing/firefox";

const journeys = /\.journey\.ts$/;
const pages = /\.page\.ts$/;

/** Journeys of sign-in, list, profile and schedule, and each page opened once. */
const firefoxPages = /firefox\.page\.ts$/;
const inFirefox = [/(sign-in|list-[\w-]+|editor-[\w-]+)\.journey\.ts$/, firefoxPages];

const firefox = firefoxExecutable();
const whole = wantsWholeMatrix();
/** Selects journeys by tag, or all of them for the full matrix. */
const tagged = (tag: RegExp) => (whole ? {} : { grep: tag });

/**
 * Browser tests; `npm run test:ui` starts the server. Page tests run once, in UTC. Journeys run once in a
 * zone with a half-hour offset; those tagged for time or language also run in other environments. The full
 * matrix runs every journey in all four.
 */
export default defineConfig<BrowserOptions>({
  testDir: "e2e/ui",
  outputDir: "test-results/ui",
  fullyParallel: true,
  forbidOnly: true,
  // The server and its database share the same CPUs.
  workers: 2,
  // Generous timeouts for busy machines; only failing tests wait this long.
  timeout: 240_000,
  expect: { timeout: 45_000 },
  // Shared machines stop for seconds. The run prints which tests needed it; elsewhere none is repeated.
  retries: process.env.CI ? 1 : 0,
  use: {
    baseURL: baseUrl(),
    browserName: "chromium",
    launchOptions: chromiumOptions(chromiumExecutable()),
    locale: "en-US",
    timezoneId: "UTC",
    language: "en",
    // Traces double the time of every test. `--trace=on` enables them.
    trace: "off",
    screenshot: "only-on-failure",
  },
  projects: [
    { name: "chromium", testMatch: whole ? [journeys, pages] : pages, testIgnore: firefoxPages },
    { name: "st-johns", testMatch: journeys, use: { timezoneId: "America/St_Johns" } },
    {
      name: "kathmandu",
      testMatch: journeys,
      ...tagged(/@time\b/),
      use: { timezoneId: "Asia/Kathmandu" },
    },
    {
      name: "arabic",
      testMatch: journeys,
      ...tagged(/@language\b/),
      use: { locale: "ar-EG", language: "ar" },
    },
    ...(whole && firefox
      ? [
          {
            name: "firefox",
            testMatch: inFirefox,
            // Key presses take several times as long as in Chromium.
            timeout: 480_000,
            use: { ...firefoxOptions(firefox), timezoneId: "America/St_Johns" },
          },
        ]
      : []),
  ],
});
