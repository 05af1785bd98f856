import type { Api } from "@/e2e/support/ui/api";
import { cityIn } from "@/e2e/support/ui/clocks";
import { expect, pressBox, tabBackTo, tabTo, test } from "@/e2e/support/ui/fixtures";
import { type Agent, getAgent, patchAgent } from "@/lib/agents/agents/contract";

const read = (api: Api, { id }: Agent) => api.call(getAgent, { params: { agentId: id } });

/** Returns the displayed name of a country or language in the test's language. */
const nameIn = (locale: string, type: "region" | "language", code: string) =>
  new Intl.DisplayNames(locale, { type, languageDisplay: "standard" }).of(code) ?? code;

test("a supervisor changes every field on every tab, and the values persist after a reload", {
  tag: "@language",
}, async ({ asSupervisor: page, make, api, editorOf, messages, language, conventions }) => {
  test.slow();
  const t = messages("profile");
  const [agent, single, multiple, plain, team, sender] = await Promise.all([
    make.agent({ timezone: "America/New_York" }),
    make.skill({ valueType: "single", values: [{ value: "Junior" }, { value: "Senior" }] }),
    make.skill({ valueType: "multiple", values: [{ value: "Phone" }, { value: "Chat" }, { value: "Fax" }] }),
    make.skill(),
    make.team(),
    make.sender(),
  ]);
  const editor = editorOf(page, agent.id);
  await editor.open();
  const placeOfTab = await editor.tab("workload").boundingBox();

  const name = make.uniqueName("Ada");
  await editor.text("name").fill(name);
  await editor.expectChanged("name");
  await expect(editor.tab("profile")).toContainText(t("tabs.changed"));
  expect(await editor.tab("workload").boundingBox()).toEqual(placeOfTab);
  await editor.text("bio").fill("Speaks Welsh.\nLikes tides.");
  await editor.choice("timezone").click();
  await editor.choose(editor.choice("timezone"), "Tokyo", cityIn(language, "Asia/Tokyo"));
  await editor.choose(editor.choice("defaultCountryCode"), nameIn(conventions.locale, "region", "NP"));
  await editor.text("outOfOfficeResponse").fill("Back tomorrow.");
  await editor.expectChanged("name", "bio", "timezone", "defaultCountryCode", "outOfOfficeResponse");
  await editor.choose(editor.choice("defaultSenderId"), sender.name);

  await editor.openTab("skills");
  for (const skill of [single, multiple, plain]) {
    await page.getByRole("button", { name: t("skills.add") }).click();
    await page.getByRole("menuitem", { name: skill.name }).click();
  }
  await page.getByRole("button", { name: t("skills.value", { name: single.name }) }).click();
  await page.getByRole("option", { name: "Senior" }).click();
  const values = page.getByRole("combobox", { name: t("skills.values", { name: multiple.name }) });
  await values.click();
  await page.getByRole("option", { name: "Phone" }).click();
  await page.getByRole("option", { name: "Chat" }).click();
  await page.keyboard.press("Escape");
  await editor.choice("teamIds").click();
  await page.keyboard.type(team.name);
  await page.getByRole("option", { name: team.name }).click();
  await page.keyboard.press("Escape");

  await editor.openTab("voice");
  await editor.text("defaultCallerId").fill("+977 1 4123456");
  const forwarding = page.getByRole("group", { name: t("fields.forwardNumber") });
  await pressBox(forwarding.getByRole("switch", { name: t("forwarding.enabled") }));
  await forwarding.getByRole("textbox", { name: t("forwarding.number") }).fill("+1 (415) 555-0123");
  await pressBox(forwarding.getByRole("checkbox", { name: t("forwarding.mask") }));
  await editor.choose(editor.choice("transcriptionLocale"), nameIn(conventions.locale, "language", "pt-BR"));

  await editor.openTab("workload");
  await editor.text("wrapUpTime").fill("45");
  await editor.text("wrapUpTime").blur();
  const changed = [
    "name",
    "bio",
    "timezone",
    "defaultCountryCode",
    "outOfOfficeResponse",
    "assignedSkills",
    "teamIds",
    "defaultCallerId",
    "forwardNumber",
    "transcriptionLocale",
    "defaultSenderId",
    "wrapUpTime",
  ];
  await editor.expectChanged(...changed);
  await expect(editor.tab("voice")).toContainText(t("tabs.changed"));

  await editor.save(...changed);
  const idOf = (skill: typeof single, value: string) => ({
    id: skill.values.find((each) => each.value === value)?.id ?? "",
  });
  expect(editor.sent).toHaveLength(1);
  expect(editor.lastSent().ifMatch).toMatch(/^"/);
  expect(editor.lastSent().ifMatch).toBe(editor.lastSent().read);
  expect(editor.lastSent().body).toEqual({
    name,
    bio: "Speaks Welsh.\nLikes tides.",
    timezone: "Asia/Tokyo",
    defaultCountryCode: "NP",
    outOfOfficeResponse: "Back tomorrow.",
    assignedSkills: [
      { id: single.id, selectedValues: [idOf(single, "Senior")] },
      { id: multiple.id, selectedValues: [idOf(multiple, "Phone"), idOf(multiple, "Chat")] },
      { id: plain.id, selectedValues: [] },
    ],
    defaultCallerId: "+97714123456",
    forwardNumber: { enabled: true, number: "+14155550123", maskCaller: true },
    transcriptionLocale: "pt-BR",
    defaultSenderId: sender.id,
    wrapUpTime: 45,
  });

  const saved = await read(api, agent);
  expect(saved).toMatchObject({
    name,
    bio: "Speaks Welsh.\nLikes tides.",
    timezone: "Asia/Tokyo",
    defaultCountryCode: "NP",
    outOfOfficeResponse: "Back tomorrow.",
    defaultCallerId: "+97714123456",
    forwardNumber: { enabled: true, number: "+14155550123", maskCaller: true },
    transcriptionLocale: "pt-BR",
    defaultSenderId: sender.id,
    wrapUpTime: 45,
  });
  expect(saved.teams.map(({ id }) => id)).toEqual([team.id]);
  expect(
    saved.assignedSkills.map(({ id, selectedValues }) => [
      id,
      selectedValues.map((each) => each.value).sort(),
    ]),
  ).toEqual(
    expect.arrayContaining([
      [single.id, ["Senior"]],
      [multiple.id, ["Chat", "Phone"]],
      [plain.id, []],
    ]),
  );

  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  const workload = editor.text("wrapUpTime");
  await expect(workload).toHaveValue(new Intl.NumberFormat(conventions.locale).format(45));
  await editor.openTab("voice");
  await expect(editor.text("defaultCallerId")).toHaveValue("+97714123456");
  await expect(forwarding.getByRole("switch", { name: t("forwarding.enabled") })).toBeChecked();
  await expect(forwarding.getByRole("textbox", { name: t("forwarding.number") })).toHaveValue("+14155550123");
  await expect(forwarding.getByRole("checkbox", { name: t("forwarding.mask") })).toBeChecked();
  await expect(editor.choice("transcriptionLocale")).toHaveValue(
    nameIn(conventions.locale, "language", "pt-BR"),
  );
  await editor.openTab("skills");
  await expect(page.getByRole("button", { name: t("skills.value", { name: single.name }) })).toContainText(
    "Senior",
  );
  for (const value of ["Phone", "Chat", team.name])
    await expect(page.getByRole("row", { name: value })).toBeVisible();
  await expect(page.getByRole("row", { name: "Fax" })).toBeHidden();
  await expect(page.getByRole("button", { name: t("skills.remove", { name: plain.name }) })).toBeVisible();
  await editor.openTab("profile");
  await expect(editor.text("name")).toHaveValue(name);
  await expect(editor.text("bio")).toHaveValue("Speaks Welsh.\nLikes tides.");
  const comma = language === "ar" ? "،" : ",";
  await expect(editor.choice("timezone")).toHaveValue(
    new RegExp(`^${cityIn(language, "Asia/Tokyo")} \\(.+${comma} GMT\\+9\\)$`),
  );
  await expect(editor.choice("defaultCountryCode")).toHaveValue(nameIn(conventions.locale, "region", "NP"));
  await expect(editor.text("outOfOfficeResponse")).toHaveValue("Back tomorrow.");
  await expect(editor.choice("defaultSenderId")).toHaveValue(sender.name);
  await expect(editor.saveBar).toBeHidden();
});

test("cleared fields are saved as unset", async ({ asSupervisor: page, make, api, editorOf, messages }) => {
  test.slow();
  const t = messages("profile");
  const [skill, sender, agent] = await Promise.all([make.skill(), make.sender(), make.agent()]);
  const team = await make.team({ agentIds: [agent.id] });
  await api.call(patchAgent, {
    params: { agentId: agent.id },
    body: {
      bio: "A few words.",
      defaultCountryCode: "DE",
      outOfOfficeResponse: "Away.",
      assignedSkills: [{ id: skill.id }],
      defaultCallerId: "+14155550123",
      forwardNumber: { enabled: true, number: "+14155550124", maskCaller: false },
      transcriptionLocale: "en-GB",
      defaultSenderId: sender.id,
    },
  });
  const editor = editorOf(page, agent.id);
  await editor.open();
  await editor.text("bio").fill("");
  await editor.text("outOfOfficeResponse").fill("");
  for (const field of ["defaultCountryCode", "defaultSenderId"]) {
    await editor.choice(field).fill("");
    await editor.choice(field).press("Tab");
  }
  await editor.openTab("skills");
  await page.getByRole("button", { name: t("skills.remove", { name: skill.name }) }).click();
  await editor.choice("teamIds").press("Backspace");
  await editor.openTab("voice");
  await editor.text("defaultCallerId").fill("");
  const forwarding = page.getByRole("group", { name: t("fields.forwardNumber") });
  await pressBox(forwarding.getByRole("switch", { name: t("forwarding.enabled") }));
  await forwarding.getByRole("textbox", { name: t("forwarding.number") }).fill("");
  await editor.choice("transcriptionLocale").fill("");
  await editor.choice("transcriptionLocale").press("Tab");
  await editor.saveButton.click();
  await editor.expectSaved(
    "bio",
    "defaultCountryCode",
    "outOfOfficeResponse",
    "assignedSkills",
    "teamIds",
    "defaultCallerId",
    "forwardNumber",
    "transcriptionLocale",
    "defaultSenderId",
  );
  expect(editor.lastSent().body).toEqual({
    bio: null,
    defaultCountryCode: null,
    outOfOfficeResponse: null,
    assignedSkills: [],
    defaultCallerId: null,
    forwardNumber: null,
    transcriptionLocale: null,
    defaultSenderId: null,
  });
  const saved = await read(api, agent);
  for (const field of [
    "bio",
    "defaultCountryCode",
    "outOfOfficeResponse",
    "defaultCallerId",
    "forwardNumber",
    "transcriptionLocale",
    "defaultSenderId",
  ] as const)
    expect(saved[field], field).toBeUndefined();
  expect(saved.assignedSkills).toEqual([]);
  expect(saved.teams).toEqual([]);
  expect(team.members.map(({ agentId }) => agentId)).toEqual([agent.id]);
});

test("by keyboard alone: edits fields on two tabs and saves by shortcut, and the bar lists the fields", {
  tag: "@language",
}, async ({ asSupervisor: page, make, api, editorOf, messages, language, conventions }) => {
  const t = messages("profile");
  const agent = await make.agent({ timezone: "Europe/Rome" });
  const editor = editorOf(page, agent.id);
  await editor.open();
  const { keyboard } = page;
  const name = make.uniqueName("Grace");
  await tabTo(page, editor.text("name"));
  await keyboard.press("ControlOrMeta+a");
  await keyboard.type(name);
  await tabTo(page, editor.choice("timezone"));
  await editor.choose(editor.choice("timezone"), "Lima", cityIn(language, "America/Lima"));
  await editor.expectChanged("name", "timezone");

  // Shift+Tab back to the tabs, then arrow keys in the reading direction.
  await tabBackTo(page, editor.tab("profile"));
  const along = conventions.onwardKey;
  for (let press = 0; press < 5; press += 1) await keyboard.press(along);
  await expect(editor.tab("voice")).toBeFocused();
  const forwarding = page.getByRole("group", { name: t("fields.forwardNumber") });
  await tabTo(page, forwarding.getByRole("switch"));
  await keyboard.press("Space");
  await tabTo(page, forwarding.getByRole("textbox"));
  await keyboard.type("+390612345678");
  await tabTo(page, forwarding.getByRole("checkbox"));
  await keyboard.press("Space");
  await editor.save("name", "timezone", "forwardNumber");
  expect(editor.lastSent().body).toEqual({
    name,
    timezone: "America/Lima",
    forwardNumber: { enabled: true, number: "+390612345678", maskCaller: true },
  });
  expect(await read(api, agent)).toMatchObject(editor.lastSent().body);
});

test("status and activity are saved immediately from the header, independently of unsaved changes", async ({
  asSupervisor: page,
  make,
  api,
  editorOf,
  messages,
}) => {
  const t = messages("availability");
  const agent = await make.agent();
  const editor = editorOf(page, agent.id);
  await editor.open();
  await editor.text("bio").fill("Not saved yet");
  const { name } = agent;
  const status = (id: string) =>
    page.getByRole("main").getByRole("button", { name: t("statusOf", { name, status: t(`status.${id}`) }) });
  await status("away").press("Enter");
  await page.getByRole("menuitemradio", { name: t("status.active") }).press("Enter");
  await expect(status("active")).toBeVisible();
  await expect.poll(async () => (await read(api, agent)).status).toBe("active");

  const activity = (id: string) =>
    page
      .getByRole("main")
      .getByRole("button", { name: t("activityOf", { name, activity: t(`activity.${id}`) }) });
  await activity("available").click();
  const form = page.getByRole("dialog", { name: t("setActivity") });
  await form.getByRole("button", { name: t("activityLabel") }).click();
  await page.getByRole("option", { name: t("activity.inMeeting") }).click();
  await form.getByRole("textbox", { name: t("textLabel") }).fill("Stand-up");
  await form.getByRole("button", { name: t("howLong") }).click();
  await page.getByRole("option", { name: t("otherTime") }).click();
  const minutes = form.getByRole("textbox", { name: t("minutesLabel") });
  const set = form.getByRole("button", { name: t("set"), exact: true });
  // Not an activity without an end.
  await minutes.fill("0");
  await expect(form.getByText(messages("errors")("outOfRange", { min: 1, max: 1440 }))).toBeVisible();
  await expect(set).toBeDisabled();
  await minutes.fill("59.99");
  await set.click();
  await expect(activity("inMeeting")).toBeVisible();
  await expect
    .poll(async () => (await read(api, agent)).availability)
    .toMatchObject({ activity: "inMeeting", activityText: "Stand-up" });
  const { activityTtl } = (await read(api, agent)).availability;
  expect(activityTtl).toBeGreaterThan(3500);
  expect(activityTtl).toBeLessThanOrEqual(3600);

  // The input is still there, and saving does not conflict with the person's own status change.
  await expect(editor.text("bio")).toHaveValue("Not saved yet");
  await editor.save("bio");
  expect(editor.sent.map(({ body }) => body)).toEqual([{ bio: "Not saved yet" }]);
  expect(await read(api, agent)).toMatchObject({ status: "active", bio: "Not saved yet" });
});
