import { defineConfig } from "@playwright/test";
import { baseUrl, chromiumExecutable } from "./e2e/ui/environment";
import type { BrowserOptions } from "./e2e/ui/fixtures";
import { chromiumOptions } from "./scripts/testing/chromium";

const journeys = /\.journey\.ts$/;
const pages = /\.page\.ts$/;

/**
 * Tests in a real browser: `npm run test:ui` starts the server that they need. Journeys run in UTC and in three
 * more surroundings, two of them time zones whose offsets are no whole hours; what looks at a page as such runs once.
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
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
  },
  projects: [
    { name: "chromium", testMatch: [journeys, pages] },
    { name: "st-johns", testMatch: journeys, use: { timezoneId: "America/St_Johns" } },
    { name: "kathmandu", testMatch: journeys, use: { timezoneId: "Asia/Kathmandu" } },
    { name: "arabic", testMatch: journeys, use: { locale: "ar-EG", language: "ar" } },
  ],
});
