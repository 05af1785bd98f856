import { expect, tabTo, test } from "@/e2e/support/ui/fixtures";
import { getAgent, patchAgent } from "@/lib/agents/agents/contract";

test("an agent edits their own profile, but the fields that decide on their workload are read-only", async ({
  openAs,
  make,
  api,
  editorOf,
  messages,
}) => {
  test.slow();
  const t = messages("profile");
  const skill = await make.skill({ valueType: "single", values: [{ value: "Senior" }] });
  const member = await make.member();
  const agentId = member.agent?.id ?? "";
  const team = await make.team({ agentIds: [agentId] });
  await api.call(patchAgent, {
    params: { agentId },
    body: {
      wrapUpTime: 90,
      assignedSkills: [{ id: skill.id, selectedValues: [{ id: skill.values[0]?.id ?? "" }] }],
    },
  });
  const page = await openAs(member.account);
  const editor = editorOf(page, agentId);
  await editor.open(undefined, "/me");
  await expect(page.getByRole("heading", { level: 1, name: member.name })).toBeVisible();
  await expect(
    page.getByText(messages("settings")("roles.managed.agent"), { exact: true }).first(),
  ).toBeVisible();
  await expect(editor.tab("history")).toBeHidden();

  await editor.text("bio").fill("Myself");
  await editor.openTab("schedule");
  const schedule = messages("schedule");
  await page
    .getByRole("radiogroup", { name: schedule("mode") })
    .getByText(schedule("weekly"))
    .click();
  await page.getByRole("button", { name: schedule("presets") }).click();
  await page.getByRole("menuitemradio", { name: schedule("preset.always") }).click();
  await editor.openTab("holidays");
  const holidays = messages("holidays");
  await page.getByRole("button", { name: holidays("addHoliday") }).click();
  await page
    .getByRole("dialog")
    .getByRole("textbox", { name: holidays("name") })
    .fill("Birthday");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: holidays("add"), exact: true })
    .click();
  await editor.openTab("voice");
  await editor.text("defaultCallerId").fill("+14155550123");

  await editor.openTab("skills");
  const panel = page.getByRole("tabpanel");
  for (const words of [skill.name, "Senior", team.name])
    await expect(panel.getByText(words, { exact: true })).toBeVisible();
  await expect(panel.getByRole("combobox")).toHaveCount(0);
  await expect(panel.getByRole("button")).toHaveCount(0);
  await editor.openTab("workload");
  await expect(panel.getByText(t("seconds", { count: 90 }))).toBeVisible();
  await expect(panel.getByRole("textbox")).toHaveCount(0);
  await expect(panel.getByRole("button")).toHaveCount(0);

  await editor.save("bio", "schedule", "holidays", "defaultCallerId");
  const saved = await api.call(getAgent, { params: { agentId } });
  expect(saved).toMatchObject({ bio: "Myself", defaultCallerId: "+14155550123", wrapUpTime: 90 });
  expect(Object.keys(saved.weeklySchedule ?? {})).toHaveLength(7);
  expect(saved.holidays.map(({ name }) => name)).toEqual(["Birthday"]);
  expect(saved.assignedSkills.map(({ id }) => id)).toEqual([skill.id]);
  expect(saved.teams.map(({ id }) => id)).toEqual([team.id]);

  const availability = messages("availability");
  const status = (of: string) =>
    page.getByRole("main").getByRole("button", {
      name: availability("statusOf", { name: member.name, status: availability(`status.${of}`) }),
    });
  await status("away").click();
  await page.getByRole("menuitemradio", { name: availability("status.active") }).click();
  await expect(status("active")).toBeVisible();
  await expect.poll(async () => (await api.call(getAgent, { params: { agentId } })).status).toBe("active");
});

test("an agent sees a colleague's profile read-only", async ({ asAgent: page, make, editorOf, messages }) => {
  const t = messages("profile");
  const colleague = await make.agent({ bio: "From Norway" });
  const editor = editorOf(page, colleague.id);
  await editor.open();
  const panel = page.getByRole("tabpanel");
  await expect(panel.getByText("From Norway")).toBeVisible();
  for (const tab of ["profile", "schedule", "skills", "voice", "workload"] as const) {
    await editor.openTab(tab);
    await expect(panel.getByRole("textbox")).toHaveCount(0);
    await expect(panel.getByRole("combobox")).toHaveCount(0);
    await expect(panel.getByRole("switch")).toHaveCount(0);
    await expect(panel.getByRole("button")).toHaveCount(0);
  }
  const availability = messages("availability");
  await expect(page.getByRole("main").getByText(availability("status.away"), { exact: true })).toBeVisible();
  await expect(
    page.getByRole("button", {
      name: availability("statusOf", { name: colleague.name, status: availability("status.away") }),
    }),
  ).toBeHidden();
  await page.getByRole("button", { name: t("header.more", { name: colleague.name }) }).click();
  await expect(page.getByRole("menuitem", { name: t("header.copyLink") })).toBeVisible();
  await expect(page.getByRole("menuitem", { name: t("header.delete") })).toBeHidden();
});

test("a person without an agent sees an explanation and where to go", async ({ openAs, make, messages }) => {
  const t = messages("profile");
  const { account } = await make.member({ role: "Viewer", agent: false });
  const page = await openAs(account);
  await page.goto("/me");
  await expect(page.getByRole("heading", { name: t("noAgent.title") })).toBeVisible();
  await expect(page.getByText(t("noAgent.body", { workspace: "Northwind" }))).toBeVisible();
  await expect(page.getByRole("tab")).toHaveCount(0);
  const list = page.getByRole("link", { name: t("noAgent.list") });
  await tabTo(page, list);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/w\/northwind\/agents(\?|$)/);
});

test("a supervisor deletes an agent after confirmation, but not if it has changed meanwhile", async ({
  asSupervisor: page,
  make,
  api,
  editorOf,
  guard,
  messages,
}) => {
  const t = messages("profile");
  const agent = await make.agent();
  const { id, name } = agent;
  const editor = editorOf(page, id);
  await editor.readOnce();
  await editor.open();
  const tags: (string | undefined)[] = [];
  page.on("request", (request) => {
    if (request.method() === "DELETE") tags.push(request.headers()["if-match"]);
  });
  const question = page.getByRole("alertdialog", { name: t("delete.title", { name }) });
  const ask = async () => {
    await page.getByRole("button", { name: t("header.more", { name }) }).click();
    await page.getByRole("menuitem", { name: t("header.delete") }).click();
    await expect(question.getByText(t("delete.botGoes"))).toBeVisible();
  };

  await ask();
  await question.getByRole("button", { name: messages("ui")("cancel") }).click();
  await expect(question).toBeHidden();
  expect(tags).toEqual([]);

  // Someone else changes the agent after it was fetched.
  await api.call(patchAgent, { params: { agentId: id }, body: { bio: "Do not delete me yet" } });
  guard.allowStatus(412);
  await ask();
  await question.getByRole("button", { name: t("delete.action") }).click();
  await expect(question.getByText(t("delete.stale"))).toBeVisible();
  expect((await api.call(getAgent, { params: { agentId: id } })).bio).toBe("Do not delete me yet");
  await question.getByRole("button", { name: messages("ui")("cancel") }).click();
  await page.unrouteAll({ behavior: "wait" });
  await page.reload();
  await expect(editor.text("bio")).toHaveValue("Do not delete me yet");

  await ask();
  await question.getByRole("button", { name: t("delete.action") }).click();
  await expect(page.getByText(t("delete.done", { name }))).toBeVisible();
  await expect(page).toHaveURL(/\/w\/northwind\/agents(\?|$)/);
  expect(tags).toHaveLength(2);
  for (const tag of tags) expect(tag).toMatch(/^"/);
  expect(tags[0]).not.toBe(tags[1]);

  await page.goto(`/w/northwind/agents?name=${encodeURIComponent(name)}`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("link", { name })).toBeHidden();
  guard.allowStatus(404);
  await page.goto(`/w/northwind/agents/${id}`);
  await expect(page.getByRole("heading", { name: t("missing.title") })).toBeVisible();
  await expect(page.getByRole("link", { name: t("missing.back") })).toBeVisible();
});

test("by keyboard alone: the delete dialog focuses the cancel button", async ({
  asSupervisor: page,
  make,
  editorOf,
  messages,
}) => {
  const t = messages("profile");
  const { id, name } = await make.agent();
  await editorOf(page, id).open();
  await tabTo(page, page.getByRole("button", { name: t("header.more", { name }) }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: t("header.copyLink") })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  const question = page.getByRole("alertdialog", { name: t("delete.title", { name }) });
  await expect(question.getByRole("button", { name: messages("ui")("cancel") })).toBeFocused();
  await tabTo(page, question.getByRole("button", { name: t("delete.action") }));
  await page.keyboard.press("Enter");
  await expect(page.getByText(t("delete.done", { name }))).toBeVisible();
});

test("nobody can delete their own agent", async ({ openAs, make, editorOf, messages }) => {
  const t = messages("profile");
  const { account, agent, name } = await make.member({ role: "Supervisor" });
  const page = await openAs(account);
  for (const at of ["/me", `/w/northwind/agents/${agent?.id}`]) {
    await editorOf(page, agent?.id ?? "").open(undefined, at);
    await page.getByRole("button", { name: t("header.more", { name }) }).click();
    await expect(page.getByRole("menuitem", { name: t("header.copyLink") })).toBeVisible();
    await expect(page.getByRole("menuitem", { name: t("header.delete") })).toBeHidden();
    await page.keyboard.press("Escape");
  }
});
