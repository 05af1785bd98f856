// What the tests in the browser are told by scripts/testing/browser-tests.ts: their one reader of the environment.
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

/** The Chromium that was found or installed. */
export const chromiumExecutable = () => setting(CHROMIUM_VARIABLE);

/** The Firefox that was found or installed; undefined where none is wanted. */
export const firefoxExecutable = () => process.env[FIREFOX_VARIABLE] || undefined;

/** Whether every journey runs in all four surroundings. */
export const wantsWholeMatrix = () => process.env[MATRIX_VARIABLE] === "whole";

/** How to sign in to the server under test. */
export interface Account {
  email: string;
  password: string;
}

/** How somebody of the demo data signs in. */
export const accountOf = (role: DemoRole): Account => ({
  email: demoEmails[role],
  password: setting("TEST_PASSWORD"),
});

/** The workspaces of the demo data. */
export type DemoWorkspace = "northwind" | "globex";

/** An access key with all permissions in a workspace of the demo data. */
export const accessKeyOf = (workspace: DemoWorkspace) =>
  setting(`TEST_ACCESS_KEY_${workspace.toUpperCase()}`);
