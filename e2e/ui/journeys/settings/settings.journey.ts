import type { Page } from "@playwright/test";
import { baseUrl } from "@/e2e/support/ui/environment";
import { expect, holdBack, settled, tabTo, test } from "@/e2e/support/ui/fixtures";
import type { Messages } from "@/e2e/support/ui/messages";
import { deleteUser, listUsers } from "@/lib/access/people/contract";
import { getAgent } from "@/lib/agents/agents/contract";
import { createClient } from "@/lib/platform/client/client";
import { readAll } from "@/lib/platform/client/request";
import { deleteQueue, listQueues } from "@/lib/routing/queues/contract";
import { deleteSkill, listSkills } from "@/lib/workforce/skills/contract";
import { getTeam, listTeams } from "@/lib/workforce/teams/contract";
import { listWorkspaces } from "@/lib/workforce/workspaces/contract";

const settings = "/w/northwind/settings";

/** Returns an item's panel or confirmation dialog by title. */
const panelOf = (page: Page, title: string) => page.getByRole("dialog", { name: title });
const questionOf = (page: Page, title: string) => page.getByRole("alertdialog", { name: title });

async function choose(page: Page, t: Messages, name: string, action: string) {
  await page.getByRole("button", { name: t("common.actionsFor", { name }) }).click();
  await page.getByRole("menuitem", { name: action }).click();
}

test("a supervisor creates a team, adds an agent, undoes it, and deletes the team after seeing its members", async ({
  asSupervisor: page,
  make,
  api,
  messages,
}) => {
  const t = messages("settings");
  const ui = messages("ui");
  const agent = await make.agent();
  const name = make.uniqueName("Team");
  await page.goto(`${settings}/teams`);

  await page.getByRole("button", { name: t("teams.new") }).click();
  await expect(page).toHaveURL(/[?&]new=1/);
  const draft = panelOf(page, t("teams.new"));
  await draft.getByRole("button", { name: t("teams.create") }).click();
  const nameField = draft.getByRole("textbox", { name: t("common.name"), exact: true });
  await expect(nameField).toHaveAccessibleDescription(messages("errors")("required"));
  await nameField.fill(name);
  await draft.getByRole("searchbox").fill(agent.name);
  await draft.getByRole("option", { name: agent.name }).click();
  await draft.getByRole("button", { name: t("teams.create") }).click();
  await expect(draft).toBeHidden();
  await page.getByRole("searchbox", { name: t("teams.search") }).fill(name);
  const row = page.getByRole("row", { name });
  await expect(row).toBeVisible();

  await row.getByRole("link", { name, exact: true }).click();
  await expect(page).toHaveURL(/[?&]edit=/);
  const panel = panelOf(page, name);
  await expect(panel.getByRole("option", { name: agent.name, selected: true })).toBeVisible();
  await panel.getByRole("option", { name: agent.name }).click();
  await page.keyboard.press("ControlOrMeta+s");
  await expect(panel).toBeHidden();
  const { results } = await api.call(listTeams, { query: { limit: "100" } });
  const teamId = results.find((team) => team.name === name)?.id ?? "";
  const members = async () => (await api.call(getTeam, { params: { teamId } })).members.length;
  expect(await members()).toBe(0);
  await page.getByRole("button", { name: ui("undo") }).click();
  await expect.poll(members).toBe(1);

  // A change with undo, then one without, which removes the undo of the first.
  await row.getByRole("link", { name, exact: true }).click();
  await panel.getByRole("textbox", { name: t("common.description") }).fill("Nights");
  await page.keyboard.press("ControlOrMeta+s");
  await expect(page.getByRole("button", { name: ui("undo") })).toBeVisible();
  await choose(page, t, name, t("common.deleteEllipsis"));
  const question = questionOf(page, t("common.deleteTitle", { name }));
  await expect(question.getByText(t("teams.usage", { agents: 1 }))).toBeVisible();
  await question.getByRole("button", { name: t("teams.delete") }).click();
  await expect(question).toBeHidden();
  await expect(row).toBeHidden();
  await expect(page.getByRole("button", { name: ui("undo") })).toBeHidden();
});

test("Escape and the back button discard unsaved input only after confirmation", async ({
  asSupervisor: page,
  messages,
}) => {
  const t = messages("settings");
  const ui = messages("ui");
  await page.goto(`${settings}/senders`);
  await page.getByRole("button", { name: t("senders.new") }).click();
  const panel = panelOf(page, t("senders.new"));
  const name = panel.getByRole("textbox", { name: t("common.name"), exact: true });
  await name.fill("Half typed");
  await page.keyboard.press("Escape");
  const question = questionOf(page, ui("lossTitle"));
  await question.getByRole("button", { name: ui("keepEditing") }).click();
  await expect(name).toHaveValue("Half typed");

  await page.goBack();
  await expect(question).toBeVisible();
  await expect(page).toHaveURL(/[?&]new=1/);
  await question.getByRole("button", { name: ui("discard") }).click();
  await expect(panel).toBeHidden();
  await expect(page).not.toHaveURL(/new=1/);
});

test("by keyboard alone: creates a skill, and a duplicate name is rejected at the field", async ({
  asSupervisor: page,
  make,
  api,
  guard,
  messages,
}) => {
  const t = messages("settings");
  const name = make.uniqueName("Skill");
  await page.goto(`${settings}/skills`);
  const panel = panelOf(page, t("skills.new"));
  const nameField = panel.getByRole("textbox", { name: t("common.name"), exact: true });

  const valueField = (number: number) =>
    panel.getByRole("textbox", { name: t("skills.valueNumber", { number }), exact: true });

  await tabTo(page, page.getByRole("button", { name: t("skills.new") }));
  await page.keyboard.press("Enter");
  await expect(nameField).toBeFocused();
  await page.keyboard.type(name);
  await tabTo(page, panel.getByRole("button", { name: t("skills.addValue") }));
  await page.keyboard.press("Enter");
  await expect(valueField(1)).toBeFocused();
  await page.keyboard.type("One");
  await page.keyboard.press("Enter");
  await expect(valueField(2)).toBeFocused();
  await page.keyboard.type("Two");
  await page.keyboard.press("ControlOrMeta+s");
  await expect(panel).toBeHidden();
  const made = async () =>
    (await api.call(listSkills, { query: { limit: "100" } })).results.find((skill) => skill.name === name);
  expect((await made())?.values.map(({ value }) => value)).toEqual(["One", "Two"]);

  guard.allowStatus(409);
  await page.getByRole("button", { name: t("skills.new") }).click();
  await nameField.fill(name);
  await panel.getByRole("button", { name: t("skills.create") }).click();
  await expect(nameField).toHaveAccessibleDescription(t("skills.nameTaken"));
  await api.call(deleteSkill, { params: { skillId: (await made())?.id ?? "" } });
});

for (const section of ["teams", "skills", "capacity", "presets", "roles", "senders"])
  test(`a viewer reads ${section} and sees no way to change them`, async ({ asViewer: page, messages }) => {
    const t = messages("settings");
    await page.goto(`${settings}/${section}`);
    const first = page.getByRole("rowheader").first().getByRole("link");
    await expect(first).toBeVisible();
    await expect(page.getByRole("button", { name: t(`${section}.new`) })).toHaveCount(0);
    await first.click();
    const panel = page.getByRole("dialog");
    await expect(panel.getByRole("heading", { level: 2 })).toBeVisible();
    await expect(panel.getByRole("textbox")).toHaveCount(0);
    await page.keyboard.press("Escape");
    await expect(panel).toBeHidden();
  });

/** Returns the elements and styles of a message page, except for its icon. */
const lookOf = (page: Page) =>
  page.getByRole("heading", { level: 1 }).evaluate((heading) =>
    [...(heading.parentElement?.querySelectorAll("*:not(svg *)") ?? [])].map((part) => {
      const { fontSize, fontWeight, textAlign, color, backgroundColor, borderColor, padding } =
        getComputedStyle(part);
      return [
        part.tagName,
        fontSize,
        fontWeight,
        textAlign,
        color,
        backgroundColor,
        borderColor,
        padding,
      ].join(" ");
    }),
  );

test("settings without access look like a missing page to a viewer", async ({
  asViewer: page,
  guard,
  messages,
}) => {
  const t = messages("settings");
  for (const section of ["people", "access-keys"]) {
    await page.goto(`${settings}/${section}`);
    await expect(page.getByRole("heading", { name: t("forbidden.title") })).toBeVisible();
  }
  const forbidden = await lookOf(page);
  expect(forbidden.map((part) => part.split(" ")[0])).toEqual(["SPAN", "svg", "H1", "P", "DIV", "A"]);
  guard.allowStatus(404);
  for (const path of ["/nothing-is-here", "/w/northwind/agents/01890000-0000-7000-8000-000000000000"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await settled(page);
    expect(await lookOf(page), path).toEqual(forbidden);
  }
});

test("an invitation link stays visible until it is closed, and the invitation can be withdrawn", async ({
  asSupervisor: page,
  make,
  messages,
}) => {
  const t = messages("settings");
  const ui = messages("ui");
  const name = make.uniqueName("Guest");
  const email = `${name.replaceAll(" ", ".").toLowerCase()}@people.example`;
  await page.goto(`${settings}/people?new=1`);
  const panel = panelOf(page, t("people.new"));
  await panel.getByRole("textbox", { name: t("people.addresses") }).fill(email);
  await panel.getByRole("textbox", { name: t("people.name"), exact: true }).fill(name);
  await panel.getByText(t("roles.managed.viewer"), { exact: true }).click();
  await panel.getByRole("button", { name: t("people.create"), exact: true }).click();

  const shown = panelOf(page, t("people.linkTitle", { name }));
  await expect(shown.getByText(/\/invite\/\S+/)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(shown).toBeVisible();
  await shown.getByRole("button", { name: ui("done") }).click();
  await expect(shown).toBeHidden();

  await page.getByRole("searchbox", { name: t("people.search") }).fill(email);
  await choose(page, t, name, t("people.withdrawEllipsis"));
  const question = questionOf(page, t("people.withdrawTitle", { name }));
  await question.getByRole("button", { name: t("people.withdraw"), exact: true }).click();
  await expect(question).toBeHidden();
  await expect(page.getByRole("row", { name })).toBeHidden();
});

test("several people are invited together with agents, and malformed addresses can be corrected", async ({
  asSupervisor: page,
  make,
  api,
  guard,
  messages,
}) => {
  const t = messages("settings");
  const [name, other] = [make.uniqueName("Ada"), make.uniqueName("Ben")];
  const address = (of: string) => `${of.replaceAll(" ", ".").toLowerCase()}@people.example`;
  const team = await make.team();
  const known = await make.member({ agent: false });
  guard.allowStatus(422);
  await page.goto(`${settings}/people?new=1`);
  const panel = panelOf(page, t("people.new"));
  const field = panel.getByRole("textbox", { name: t("people.addresses") });
  await expect(panel.getByRole("checkbox", { name: t("roles.managed.agent"), exact: true })).toBeChecked();
  await field.fill(`${name} <${address(name)}>, ${known.account.email}; ben@`);
  await panel.getByRole("combobox", { name: t("people.teams") }).fill(team.name);
  await page.getByRole("option", { name: team.name }).click();
  await page.keyboard.press("Escape");
  await panel.getByRole("button", { name: messages("schedule")("mode") }).click();
  await page.getByRole("option", { name: messages("schedule")("preset.office") }).click();
  await panel.getByRole("button", { name: t("people.create"), exact: true }).click();

  const results = page.getByRole("list", { name: t("people.results") }).getByRole("listitem");
  await expect(results.filter({ hasText: address(name) })).toContainText(t("people.outcomes.invited"));
  await expect(results.filter({ hasText: known.account.email })).toContainText(t("people.outcomes.here"));
  await expect(results.filter({ hasText: "ben@" })).toContainText(t("people.outcomes.malformed"));
  await expect(page.getByText(`${address(name)} http`)).toBeVisible();
  await page.getByRole("button", { name: t("people.resultsRetry") }).click();
  await expect(field).toHaveValue("ben@");
  await field.fill(`${other} <${address(other)}>`);
  await panel.getByRole("button", { name: t("people.create"), exact: true }).click();
  await page.getByRole("button", { name: messages("ui")("done") }).click();
  await expect(panel).toBeHidden();

  const people = await readAll(async (query) => ({ data: await api.call(listUsers, { query }) }));
  for (const each of [name, other]) {
    const person = people.find(({ email }) => email === address(each));
    make.removeLater(() => api.call(deleteUser, { params: { userId: person?.id ?? "" } }));
    expect(person?.name).toBe(each);
    const agent = await api.call(getAgent, { params: { agentId: person?.agentId ?? "" } });
    expect(agent.teams.map(({ id }) => id)).toEqual([team.id]);
    expect(agent.weeklySchedule?.monday).toBeDefined();
  }
});

test("the columns keep their widths during a search", async ({ asSupervisor: page, make, messages }) => {
  const member = await make.member({ role: "Viewer", agent: false });
  await page.goto(`${settings}/people`);
  await expect(page.getByRole("rowheader").nth(10)).toBeVisible();
  const places = () =>
    page
      .getByRole("columnheader")
      .evaluateAll((heads) => heads.map((head) => Math.round(head.getBoundingClientRect().left)));
  const before = await places();
  await page
    .getByRole("searchbox", { name: messages("settings")("people.search") })
    .fill(member.account.email);
  await expect(page.getByRole("rowheader")).toHaveCount(1);
  expect(await places()).toEqual(before);
});

test("suspending explains its effects and ends the session; restoring gives access again", async ({
  asSupervisor: page,
  openAs,
  make,
  messages,
}) => {
  const t = messages("settings");
  const member = await make.member({ role: "Viewer", agent: false });
  const theirs = await openAs(member.account);
  await theirs.goto("/w/northwind/agents");
  await expect(theirs).toHaveURL(/\/agents/);
  // What their page asks for after the end of their session would be refused.
  await theirs.goto("about:blank");
  await page.goto(`${settings}/people?q=${encodeURIComponent(member.account.email)}`);
  await choose(page, t, member.name, t("people.suspendEllipsis"));
  const question = questionOf(page, t("people.suspendTitle", { name: member.name }));
  await expect(question.getByText(t("people.suspendText"))).toBeVisible();
  await question.getByRole("button", { name: t("people.suspend"), exact: true }).click();
  await expect(question).toBeHidden();
  const row = page.getByRole("row", { name: member.name });
  const status = (of: string) => row.getByRole("cell", { name: t(`people.statuses.${of}`) });
  await expect(status("suspended")).toBeVisible();
  await theirs.goto("/w/northwind/agents");
  await expect(theirs).toHaveURL(/\/sign-in/);

  await choose(page, t, member.name, t("people.restore"));
  await expect(status("active")).toBeVisible();
});

test("an access key is shown once, works, and stops working when it is revoked", async ({
  asSupervisor: page,
  make,
  messages,
}) => {
  const t = messages("settings");
  const ui = messages("ui");
  const name = make.uniqueName("Key");
  await page.goto(`${settings}/access-keys?new=1`);
  const panel = panelOf(page, t("accessKeys.new"));
  await panel.getByRole("textbox", { name: t("common.name"), exact: true }).fill(name);
  await panel.getByRole("button", { name: t("accessKeys.role") }).click();
  await page.getByRole("option", { name: t("roles.managed.viewer") }).click();
  await panel.getByRole("button", { name: t("accessKeys.create") }).click();

  const shown = panelOf(page, t("common.created", { name }));
  const key = (await shown.getByText(/^rck_\S+$/).textContent())?.trim();
  const request = createClient({ origin: baseUrl(), headers: { Authorization: `AccessKey ${key}` } });
  expect((await request(listWorkspaces, { params: {} })).data.results).toHaveLength(1);
  await shown.getByRole("button", { name: ui("done") }).click();

  await choose(page, t, name, t("accessKeys.revokeEllipsis"));
  const question = questionOf(page, t("accessKeys.revokeTitle", { name }));
  await question.getByRole("button", { name: t("accessKeys.revoke"), exact: true }).click();
  await expect(question).toBeHidden();
  await expect(page.getByRole("row", { name })).toBeHidden();
  await expect(request(listWorkspaces, { params: {} })).rejects.toMatchObject({ status: 401 });
});

test("an emptied region of a holiday calendar is not taken for the whole country", async ({
  asSupervisor: page,
  make,
  messages,
  conventions,
}) => {
  const t = messages("settings");
  const places = messages("holidays");
  const name = make.uniqueName("Calendar");
  await page.goto(`${settings}/holiday-calendars`);
  // A text typed while the countries load stays.
  const load = await holdBack(page, "**/api/holidays/countries*");
  await page.getByRole("button", { name: t("holidayCalendars.new") }).click();
  const draft = panelOf(page, t("holidayCalendars.new"));
  await draft.getByRole("textbox", { name: t("common.name"), exact: true }).fill(name);
  const germany = new Intl.DisplayNames(conventions.locale, { type: "region" }).of("DE") ?? "";
  await draft.getByRole("combobox", { name: places("public.country") }).fill(germany);
  load();
  await page.getByRole("option", { name: germany }).click();
  const region = draft.getByRole("combobox", { name: places("public.region") });
  await expect(region).toHaveValue(places("public.wholeCountry"));
  await region.fill("");
  await page.keyboard.press("Tab");
  await draft.getByRole("button", { name: t("holidayCalendars.create") }).click();
  await expect(draft.getByText(t("holidayCalendars.regionNeeded"))).toBeVisible();
  await region.fill("Bav");
  await page.getByRole("option", { name: /^(Bavaria Bayern|Bayern Bavaria)$/ }).click();
  await draft.getByRole("button", { name: t("holidayCalendars.create") }).click();
  await expect(draft).toBeHidden();
  await expect(page.getByRole("row", { name })).toContainText(/Bavaria|Bayern/);
});

test("numbers of a queue stay as typed, and are saved only within their limits", async ({
  asSupervisor: page,
  make,
  messages,
  api,
}) => {
  const t = messages("settings");
  const errors = messages("errors");
  const name = make.uniqueName("Queue");
  await page.goto(`${settings}/queues`);
  await page.getByRole("button", { name: t("queues.new") }).click();
  const draft = panelOf(page, t("queues.new"));
  await draft.getByRole("textbox", { name: t("common.name"), exact: true }).fill(name);
  const priority = draft.getByRole("textbox", { name: t("queues.priority") });
  await priority.fill("500");
  await page.keyboard.press("ControlOrMeta+s");
  await expect(priority).toBeFocused();
  await expect(priority).toHaveValue("500");
  await expect(draft.getByText(errors("outOfRange", { min: 0, max: 100 }))).toBeVisible();
  await priority.fill("70");

  // In the unit of the field, not in seconds.
  const target = draft.getByRole("textbox", { name: t("queues.target") });
  await target.fill("2000");
  await expect(draft.getByText(errors("outOfRange", { min: 0.02, max: 1440 }))).toBeVisible();
  await target.fill("1.67");
  await page.keyboard.press("Tab");
  await expect(target).toHaveValue("1.67");
  await page.keyboard.press("ControlOrMeta+s");
  await expect(draft).toBeHidden();
  const queues = await api.call(listQueues, { query: { limit: "100" } });
  const made = queues.results.find((queue) => queue.name === name);
  expect(made).toMatchObject({ priority: 70, targetSeconds: 100 });
  await api.call(deleteQueue, { params: { queueId: made?.id ?? "" } });
});
