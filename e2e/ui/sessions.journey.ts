import { expect, hydrated, test } from "./fixtures";

test("somebody signed in twice ends the other browser, which is asked to sign in", {
  tag: "@language",
}, async ({ page: other, openAs, make, guard, messages }) => {
  const auth = messages("auth");
  const shell = messages("shell");
  const member = await make.member();
  const page = await openAs(member.account);
  await page.goto("/me");

  await other.goto("/me?tab=voice");
  await expect(other).toHaveURL(/\/sign-in\?next=/);
  await other.getByRole("textbox", { name: auth("email") }).fill(member.account.email);
  await other.getByLabel(auth("password"), { exact: true }).fill(member.account.password);
  await other.getByRole("button", { name: auth("signIn"), exact: true }).click();
  await expect(other).toHaveURL(/\/me\?tab=voice$/);
  await hydrated(other);

  await page
    .getByRole("button", { name: shell("account.label", { name: member.name }) })
    .first()
    .click();
  await page.getByRole("menuitem", { name: shell("account.sessions") }).click();
  const dialog = page.getByRole("dialog", { name: shell("sessions.title") });
  await expect(dialog.getByRole("listitem")).toHaveCount(2);
  await expect(dialog.getByText(shell("sessions.current"))).toHaveCount(1);
  await dialog.getByRole("button", { name: /Chrom/ }).click();
  await expect(dialog.getByRole("listitem")).toHaveCount(1);
  await expect(dialog.getByText(shell("sessions.only"))).toBeVisible();
  await expect(dialog.getByRole("button", { name: shell("sessions.endOthers") })).toBeDisabled();

  guard.allowStatus(401);
  await other.goto("/me?tab=schedule");
  await expect(other).toHaveURL(/\/sign-in\?next=/);
  const again = await other.request.get("/api/workspaces");
  expect(again.status()).toBe(401);
});

test("who signs out can't be let in again by what the browser had kept", async ({
  openAs,
  make,
  messages,
}) => {
  const shell = messages("shell");
  const member = await make.member({ role: "Viewer", agent: false });
  const page = await openAs(member.account);
  await page.goto("/w/northwind/agents?q=nobody+is+called+so");
  const kept = await page.context().cookies();
  await page
    .getByRole("button", { name: shell("account.label", { name: member.name }) })
    .first()
    .click();
  await page.getByRole("menuitem", { name: shell("account.signOut") }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.context().addCookies(kept);
  await page.goto("/w/northwind/agents?q=nobody+is+called+so");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
});

test("the page for signing in leads to help with a forgotten password", async ({ page, messages }) => {
  const auth = messages("auth");
  await page.goto("/sign-in");
  await page.getByRole("link", { name: auth("forgot.link") }).click();
  await expect(page.getByRole("heading", { name: auth("forgot.title") })).toBeVisible();
  await expect(page.getByText(auth("forgot.noMail"))).toBeVisible();
  await page.getByRole("link", { name: auth("forgot.back") }).click();
  await expect(page.getByRole("textbox", { name: auth("email") })).toBeVisible();
});
