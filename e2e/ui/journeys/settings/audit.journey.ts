import { readFile } from "node:fs/promises";
import { expect, expectFitsWindow, test, windows } from "@/e2e/support/ui/fixtures";
import { deleteUser, inviteUser, listUsers, patchUser } from "@/lib/access/people/contract";
import { createRole, deleteRole } from "@/lib/access/roles/contract";
import { managedRoles } from "@/lib/access/roles/rules";

const settings = "/w/northwind/settings";

test("a supervisor filters events by kind and actor, and exports the result", async ({
  asSupervisor: page,
  api,
  make,
  messages,
}) => {
  const t = messages("audit");
  const name = make.uniqueName("Role");
  const role = await api.call(createRole, { body: { name, permissions: ["agents.read"] } });
  make.removeLater(() => api.call(deleteRole, { params: { roleId: role.id } }));
  await page.goto(`${settings}/audit`);
  await page.getByRole("button", { name: t("kind") }).click();
  await page.getByRole("option", { name: t("kinds.roles") }).click();
  await expect(page).toHaveURL(/[?&]kind=roles/);
  const row = page.getByRole("row", { name });
  await expect(row).toContainText(t("actions.role.created"));
  await expect(row).toContainText(messages("settings")("roles.permissions.agentsRead"));

  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: t("export") }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toMatch(/^northwind-audit-\d{4}-\d{2}-\d{2}\.csv$/);
  const lines = (await readFile(await download.path(), "utf8")).split("\r\n");
  expect(lines[0]).toContain("at,action,outcome,actorKind");
  expect(lines.filter((line) => line.includes(name))).toHaveLength(1);
  expect(lines.slice(1, -1).every((line) => line.split(",")[1]?.startsWith("role."))).toBe(true);

  await page.goto(`${settings}/audit?kind=exports`);
  await expect(page.getByRole("row", { name: t("actions.audit.exported") }).first()).toBeVisible();
});

test("someone with people.write sees that a person has more permissions, and is offered no actions on them", async ({
  openAs,
  api,
  make,
  messages,
}) => {
  const t = messages("settings");
  const role = await api.call(createRole, {
    body: {
      name: make.uniqueName("Desk"),
      permissions: ["people.write", "settings.read", "agents.read", "routing.read"],
    },
  });
  const member = await make.member({ role: "Viewer", agent: false });
  await api.call(patchUser, { params: { userId: member.userId }, body: { roleIds: [role.id] } });
  make.removeLater(() => api.call(deleteRole, { params: { roleId: role.id } }));
  const other = await make.member({ role: "Viewer", agent: false });
  const { results } = await api.call(listUsers, { query: { limit: "100" } });
  const supervisor = results.find(({ email }) => email === "supervisor@northwind.example");

  const page = await openAs(member.account);
  await page.goto(`${settings}/people?edit=${supervisor?.id}`);
  const panel = page.getByRole("dialog", { name: supervisor?.name ?? "" });
  await expect(panel.getByText(t("people.beyondYou"))).toBeVisible();
  for (const action of ["people.removeEllipsis", "people.suspendEllipsis"])
    await expect(panel.getByRole("button", { name: t(action) })).toBeHidden();

  await page.goto(`${settings}/people?edit=${other.userId}`);
  const within = page.getByRole("dialog", { name: other.name });
  await expect(within.getByRole("button", { name: t("people.suspendEllipsis") })).toBeVisible();
});

test("a long address wraps instead of widening the page of a phone", async ({
  asSupervisor: page,
  api,
  make,
}) => {
  const name = make.uniqueName("long").replace(" ", "").padEnd(60, "g");
  const email = `${name}@${"long".repeat(12)}.example`;
  const roleIds = managedRoles.slice(-1).map(({ id }) => id);
  const { id } = await api.call(inviteUser, { body: { email, roleIds } });
  make.removeLater(() => api.call(deleteUser, { params: { userId: id } }));
  await page.setViewportSize(windows.phone);
  await page.goto(`${settings}/audit`);
  // The filter by actor has a hidden option with the name.
  await expect(page.getByText(name).filter({ visible: true }).first()).toBeVisible();
  await expectFitsWindow(page);
});
