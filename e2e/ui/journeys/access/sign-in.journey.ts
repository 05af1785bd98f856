import type { Page } from "@playwright/test";
import { accountOf } from "@/e2e/support/ui/environment";
import { expect, hydrated, tabTo, test } from "@/e2e/support/ui/fixtures";
import type { Messages } from "@/e2e/support/ui/messages";
import { watchRequests } from "@/scripts/testing/quiet-page";

// Each test signs in separately, so that signing out does not end the sessions of the fixtures.
const account = accountOf("supervisor");

/** Milliseconds without a request after which nothing is left to be refused by a sign-out. */
const quietTime = 500;

const signIn = (page: Page, t: Messages) => ({
  email: page.getByRole("textbox", { name: t("email") }),
  password: page.getByLabel(t("password"), { exact: true }),
  submit: page.getByRole("button", { name: t("signIn"), exact: true }),
});

/** The button that opens the account menu. */
const accountMenu = (page: Page, shell: Messages) =>
  page.getByRole("button", { name: shell("account.label", { name: "Maren Lindqvist" }) }).first();

test("signs in and out by mouse", async ({ page, messages }) => {
  const form = signIn(page, messages("auth"));
  const shell = messages("shell");
  const quiet = watchRequests(page, quietTime);
  await page.goto("/");
  await expect(page).toHaveURL(/\/sign-in$/);
  await form.email.fill(account.email);
  await form.password.fill(account.password);
  await form.submit.click();
  await expect(page).toHaveURL(/\/w\/northwind\/board/);
  await hydrated(page);
  // A request in progress would be refused after the sign-out.
  await quiet();

  await accountMenu(page, shell).click();
  await page.getByRole("menuitem", { name: shell("account.signOut") }).click();
  await expect(form.email).toBeVisible();
  await page.goto("/");
  await expect(page).toHaveURL(/\/sign-in$/);
});

test("signs in and out by keyboard alone", async ({ page, messages }) => {
  const form = signIn(page, messages("auth"));
  const shell = messages("shell");
  const quiet = watchRequests(page, quietTime);
  await page.goto("/sign-in");
  await expect(form.email).toBeFocused();
  await page.keyboard.type(account.email);
  await page.keyboard.press("Tab");
  await expect(form.password).toBeFocused();
  await page.keyboard.type(account.password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/w\/northwind\/board/);
  await hydrated(page);
  await quiet();

  await tabTo(page, accountMenu(page, shell));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menu")).toBeVisible();
  await page.keyboard.press("End");
  await expect(page.getByRole("menuitem", { name: shell("account.signOut") })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(form.email).toBeVisible();
});

test("shows an error for a wrong password, then accepts the right one", async ({ page, guard, messages }) => {
  const t = messages("auth");
  guard.allowStatus(401);
  await page.goto("/sign-in");
  const form = signIn(page, t);
  await form.email.fill(account.email);
  await form.password.fill("not the password");
  await form.submit.click();
  await expect(page.getByRole("alert").filter({ hasText: t("problems.wrong") })).toBeVisible();

  await form.password.fill(account.password);
  await form.submit.click();
  await expect(page).toHaveURL(/\/w\/northwind\/board/);
});

test("reports missing values at their fields without sending a request", async ({ page, messages }) => {
  const t = messages("auth");
  await page.goto("/sign-in");
  const form = signIn(page, t);
  await form.submit.click();
  await expect(form.email).toBeFocused();
  await expect(form.email).toHaveAccessibleDescription(t("problems.emailMissing"));
  await form.email.fill(account.email);
  await form.submit.click();
  await expect(form.password).toBeFocused();
  await expect(form.password).toHaveAccessibleDescription(t("problems.passwordMissing"));
});

for (const address of [
  "/w/northwind/settings/teams",
  "/w/northwind/agents?q=anna&status=away,active",
  "/w/northwind/agents?q=a%20b%26c#top",
])
  test(`returns to ${address} after sign-in, with query and fragment`, async ({ page, messages }) => {
    await page.goto(address);
    await expect(page).toHaveURL(/\/sign-in\?next=/);
    const form = signIn(page, messages("auth"));
    await form.email.fill(account.email);
    await form.password.fill(account.password);
    await form.submit.click();
    await expect(page).not.toHaveURL(/\/sign-in/);
    const { pathname, searchParams, hash } = new URL(page.url());
    const wanted = new URL(address, page.url());
    expect({ pathname, query: [...searchParams], hash }).toEqual({
      pathname: wanted.pathname,
      query: [...wanted.searchParams],
      hash: wanted.hash,
    });
  });
