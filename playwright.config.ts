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
const inFirefox = [/(sign-in|list-\w+|editor-\w+)\.journey\.ts$/, firefoxPages];

const firefox = firefoxExecutable();
const whole = wantsWholeMatrix();
/** Journeys with a tag; all of them when the whole matrix is wanted. */
const tagged = (tag: RegExp) => (whole ? {} : { grep: tag });

/**
 * Tests in a real browser: `npm run test:ui` starts the server that they need. What looks at a page as such runs once,
 * in UTC. Each journey runs once, too, where clocks are half an hour off everybody's; those about time or language also
 * where that makes a difference. The whole matrix has every journey in each of the four surroundings.
 */
export default defineConfig<BrowserOptions>({
  testDir: "e2e/ui",
  outputDir: "test-results/ui",
  fullyParallel: true,
  forbidOnly: true,
  // The server and its database work on the same processors.
  workers: 2,
  // Long enough for a machine that has other things to do as well: only a test that fails waits for it.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  use: {
    baseURL: baseUrl(),
    browserName: "chromium",
    launchOptions: chromiumOptions(chromiumExecutable()),
    locale: "en-US",
    timezoneId: "UTC",
    language: "en",
    // A trace doubles the time of every test. `--trace=on` records one.
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
            // A key takes several times as long as in Chromium.
            timeout: 180_000,
            use: { ...firefoxOptions(firefox), timezoneId: "America/St_Johns" },
          },
        ]
      : []),
  ],
});
