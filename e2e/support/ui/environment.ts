// The only module of the browser tests that reads the environment, which scripts/testing/browser-tests.ts
// sets.
import { CHROMIUM_VARIABLE } from "@/scripts/testing/chromium";
import { type DemoRole, demoEmails } from "@/scripts/testing/demo-accounts";
import { FIREFOX_VARIABLE } from "@/scripts/testing/firefox";
import { MATRIX_VARIABLE } from "@/scripts/testing/matrix";

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run these tests with npm run test:ui`);
  return value;
}

/** Origin of the server under test. */
export const baseUrl = () => setting("TEST_BASE_URL");

/** Path of the Chromium to use. */
export const chromiumExecutable = () => setting(CHROMIUM_VARIABLE);

/** Path of the Firefox to use; undefined if tests should not run in Firefox. */
export const firefoxExecutable = () => process.env[FIREFOX_VARIABLE] || undefined;

/** Whether to run every journey in all four test environments. */
export const wantsWholeMatrix = () => process.env[MATRIX_VARIABLE] === "whole";

export interface Account {
  email: string;
  password: string;
}

/** Returns the credentials of a demo account. */
export const accountOf = (role: DemoRole): Account => ({
  email: demoEmails[role],
  password: setting("TEST_PASSWORD"),
});

export type DemoWorkspace = "northwind" | "globex";

/** Returns an access key with all permissions in a demo workspace. */
export const accessKeyOf = (workspace: DemoWorkspace) =>
  setting(`TEST_ACCESS_KEY_${workspace.toUpperCase()}`);
