import { expect, hydrated, test } from "@/e2e/support/ui/fixtures";
import { watchRequests } from "@/scripts/testing/quiet-page";

test("a person ends the session of their other browser, which then asks to sign in", {
  tag: "@language",
}, async ({ page: other, openAs, make, messages }) => {
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
  const sessions = dialog.getByRole("list", { name: shell("sessions.list") }).getByRole("listitem");
  await expect(sessions).toHaveCount(2);
  await expect(dialog.getByText(shell("sessions.current"))).toHaveCount(1);
  // What the other browser asks for after the end of its session would be refused.
  await other.goto("about:blank");
  await dialog.getByRole("button", { name: /Chrom/ }).click();
  await expect(sessions).toHaveCount(1);
  await expect(dialog.getByText(shell("sessions.only"))).toBeVisible();
  await expect(dialog.getByRole("button", { name: shell("sessions.endOthers") })).toBeDisabled();

  await other.goto("/me?tab=schedule");
  await expect(other).toHaveURL(/\/sign-in\?next=/);
  const again = await other.request.get("/api/workspaces");
  expect(again.status()).toBe(401);
});

test("a cookie kept from before sign-out does not sign in again", async ({ openAs, make, messages }) => {
  const shell = messages("shell");
  const member = await make.member({ role: "Viewer", agent: false });
  const page = await openAs(member.account);
  const quiet = watchRequests(page, 500);
  await page.goto("/w/northwind/agents?q=nobody+is+called+so");
  // A request in progress would be refused after the sign-out.
  await quiet();
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

test("the sign-in page links to help with a forgotten password", async ({ page, messages }) => {
  const auth = messages("auth");
  await page.goto("/sign-in");
  await page.getByRole("link", { name: auth("forgot.link") }).click();
  await expect(page.getByRole("heading", { name: auth("forgot.title") })).toBeVisible();
  await expect(page.getByText(auth("forgot.noMail"))).toBeVisible();
  await page.getByRole("link", { name: auth("forgot.back") }).click();
  await expect(page.getByRole("textbox", { name: auth("email") })).toBeVisible();
});

test("a supervisor creates a password reset link, and the person signs in with the new password", async ({
  asSupervisor: page,
  page: theirs,
  make,
  guard,
  messages,
}) => {
  const settings = messages("settings");
  const auth = messages("auth");
  const member = await make.member({ role: "Viewer", agent: false });
  await page.goto("/w/northwind/settings/people");
  await page.getByRole("searchbox", { name: settings("people.search") }).fill(member.name);
  await page.getByRole("button", { name: settings("common.actionsFor", { name: member.name }) }).click();
  await page.getByRole("menuitem", { name: settings("people.resetPassword") }).click();
  const dialog = page.getByRole("dialog", { name: settings("people.resetTitle", { name: member.name }) });
  await expect(dialog).toContainText("/reset/");
  const link = /http\S+\/reset\/[\w-]{43}/.exec((await dialog.textContent()) ?? "")?.[0] ?? "";

  await theirs.goto(new URL(link).pathname);
  await expect(theirs.getByText(member.account.email)).toBeVisible();
  const field = theirs.getByLabel(auth("reset.new"), { exact: true });
  const submit = theirs.getByRole("button", { name: auth("reset.action") });
  await expect(field).toBeFocused();
  guard.allowStatus(422);
  await field.fill("password123");
  await submit.click();
  await expect(field).toHaveAccessibleDescription(auth("reset.weak"));
  await field.fill("three words of mine");
  await submit.click();
  await expect(theirs).toHaveURL(/\/w\/northwind\//);
  await theirs.goto(new URL(link).pathname);
  await expect(theirs.getByRole("heading", { name: auth("reset.gone") })).toBeVisible();
});
