import type { Page } from "@playwright/test";
import { accountOf } from "./environment";
import { expect, hydrated, tabTo, test } from "./fixtures";

// Signed in anew each time: the sessions of the fixtures stay as they are.
const account = accountOf("supervisor");

const signIn = (page: Page) => ({
  email: page.getByRole("textbox", { name: "E-mail address" }),
  password: page.getByLabel("Password", { exact: true }),
  submit: page.getByRole("button", { name: "Sign in" }),
});

/** Signing in and out load the page anew. */
async function expectSignedIn(page: Page) {
  await expect(page.getByText(account.email)).toBeVisible();
  await hydrated(page);
}

test("signs in and out by mouse", async ({ page }) => {
  await page.goto("/");
  await expect(page).toHaveURL(/\/sign-in$/);
  const form = signIn(page);
  await form.email.fill(account.email);
  await form.password.fill(account.password);
  await form.submit.click();
  await expectSignedIn(page);

  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(form.email).toBeVisible();
  await page.goto("/");
  await expect(page).toHaveURL(/\/sign-in$/);
});

test("signs in and out by keyboard alone", async ({ page }) => {
  await page.goto("/sign-in");
  const form = signIn(page);
  await tabTo(page, form.email);
  await page.keyboard.type(account.email);
  await page.keyboard.press("Tab");
  await expect(form.password).toBeFocused();
  await page.keyboard.type(account.password);
  await page.keyboard.press("Enter");
  await expectSignedIn(page);

  await tabTo(page, page.getByRole("button", { name: "Sign out" }));
  await page.keyboard.press("Enter");
  await expect(form.email).toBeVisible();
});

test("says what is wrong about a wrong password, and lets the right one in", async ({ page, guard }) => {
  guard.allowStatus(401);
  await page.goto("/sign-in");
  const form = signIn(page);
  await form.email.fill(account.email);
  await form.password.fill("not the password");
  await form.submit.click();
  await expect(page.getByRole("alert").filter({ hasText: /wrong/ })).toBeVisible();
  await expect(form.password).toHaveAccessibleDescription(/wrong/);

  await form.password.fill(account.password);
  await form.submit.click();
  await expectSignedIn(page);
});
