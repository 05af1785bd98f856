import type { Page } from "@playwright/test";
import type { Api } from "@/e2e/support/ui/api";
import { expect, expectNoLayoutShift, expectNoSidewaysScroll, tabTo, test } from "@/e2e/support/ui/fixtures";
import { getAvailabilityPolicy, patchAvailabilityPolicy } from "@/lib/availability/effective/contract";
import { deleteStatus, listStatuses } from "@/lib/availability/presets/contract";

const settings = "/w/northwind/settings";

const policyOf = (api: Api) => api.call(getAvailabilityPolicy, {});
const presetsOf = async (api: Api) =>
  (await api.call(listStatuses, { query: { limit: "100" } })).results.map(({ name }) => name);

// The workspace has a single policy, so these tests must run one at a time, and in only one language.
test.describe.configure({ mode: "serial" });

test.describe("the availability policy", () => {
  test.beforeEach(async ({ api, make }) => {
    const { updatedAt: _, ...before } = await policyOf(api);
    make.removeLater(() => api.call(patchAvailabilityPolicy, { body: before }));
  });

  test("by keyboard alone: an exception is previewed, saved with the shortcut, and undone", async ({
    asSupervisor: page,
    api,
    messages,
  }) => {
    const t = messages("settings");
    await api.call(patchAvailabilityPolicy, { body: { allow: { absent: ["email"] } } });
    await page.goto(`${settings}/availability`);
    const box = page.getByRole("checkbox", {
      name: t("policy.grid.open", {
        channel: t("policy.channels.email"),
        code: messages("availability")("activity.onBreak"),
      }),
    });
    await tabTo(page, box);
    await page.keyboard.press("Space");
    await expect(box).toBeChecked();
    const preview = page.getByRole("list", { name: t("policy.preview.title") });
    await expect(preview.getByRole("listitem")).toHaveCount(3);
    await expect(preview).toContainText(t("policy.channels.email"));
    await page.keyboard.press("ControlOrMeta+s");
    await expect
      .poll(async () => (await policyOf(api)).allow)
      .toEqual({ absent: ["email"], onBreak: ["email"] });
    await expect(preview).toBeHidden();
    await page.getByRole("button", { name: messages("ui")("undo") }).click();
    await expect.poll(async () => (await policyOf(api)).allow).toEqual({ absent: ["email"] });
    await expect(box).not.toBeChecked();
  });

  test("on a phone: presence, times and hours are changed together", async ({
    asSupervisor: page,
    api,
    messages,
  }) => {
    const t = messages("settings");
    const save = messages("profile");
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(`${settings}/availability`);
    await page.getByRole("radio", { name: t("policy.presence.gate"), exact: true }).check({ force: true });
    await page.getByRole("textbox", { name: t("policy.idle.label") }).fill("15");
    await page.getByRole("textbox", { name: t("policy.missed.label") }).fill("");
    await page.getByRole("switch", { name: t("policy.hours.label") }).uncheck({ force: true });
    const times = page.getByRole("group", { name: t("policy.reassign.label") });
    await times.getByRole("textbox", { name: t("policy.channels.messaging") }).fill("5");
    await times.getByRole("textbox", { name: t("policy.channels.voice") }).fill("0");
    await expectNoSidewaysScroll(page);
    await page.getByRole("button", { name: save("save.save") }).click();
    await expect
      .poll(() => policyOf(api))
      .toMatchObject({
        presence: "gate",
        idleAfterMinutes: 15,
        missedOffers: null,
        enforceHours: false,
        reassignOnLeave: { messaging: 300, voice: 0 },
      });
    await expectNoLayoutShift(page);
  });

  test("a change by someone else is merged, and a conflict is shown before it is replaced", async ({
    asSupervisor: page,
    api,
    messages,
    guard: _,
  }) => {
    const t = messages("settings");
    await api.call(patchAvailabilityPolicy, { body: { missedOffers: 2, enforceHours: true } });
    await page.goto(`${settings}/availability`);
    const missed = page.getByRole("textbox", { name: t("policy.missed.label") });
    await missed.fill("5");
    await api.call(patchAvailabilityPolicy, { body: { missedOffers: 7 } });
    await page.keyboard.press("ControlOrMeta+s");
    await expect(page.getByRole("alert").getByText(t("policy.conflict"))).toBeVisible();
    expect((await policyOf(api)).missedOffers).toBe(7);
    await expect(missed).toHaveValue("5");
    await page.keyboard.press("ControlOrMeta+s");
    await expect.poll(async () => (await policyOf(api)).missedOffers).toBe(5);

    await missed.fill("6");
    await api.call(patchAvailabilityPolicy, { body: { enforceHours: false } });
    await page.keyboard.press("ControlOrMeta+s");
    await expect.poll(() => policyOf(api)).toMatchObject({ missedOffers: 6, enforceHours: false });
    await expect(page.getByRole("switch", { name: t("policy.hours.label") })).not.toBeChecked();
  });

  test("a number out of range stays, with its limits, and is not saved", async ({
    asSupervisor: page,
    api,
    messages,
  }) => {
    const t = messages("settings");
    const errors = messages("errors");
    const before = await policyOf(api);
    await page.goto(`${settings}/availability`);
    const missed = page.getByRole("textbox", { name: t("policy.missed.label") });
    await missed.fill("40");
    await page.keyboard.press("Tab");
    await expect(missed).toHaveValue("40");
    await expect(page.getByText(errors("outOfRange", { min: 1, max: 10 }))).toBeVisible();
    await page.keyboard.press("ControlOrMeta+s");
    await expect(missed).toBeFocused();
    expect(await policyOf(api)).toEqual(before);
    await missed.fill("4");
    await page.keyboard.press("ControlOrMeta+s");
    await expect.poll(async () => (await policyOf(api)).missedOffers).toBe(4);
  });

  test("unsaved changes are not lost by a link", async ({ asSupervisor: page, messages }) => {
    const leave = messages("profile");
    await page.goto(`${settings}/availability`);
    await page.getByRole("textbox", { name: messages("settings")("policy.missed.label") }).fill("9");
    await page
      .getByRole("link", { name: messages("shell")("settings.presets") })
      .first()
      .click();
    const question = page.getByRole("alertdialog", { name: leave("leave.title") });
    await question.getByRole("button", { name: leave("leave.stay") }).click();
    await expect(page).toHaveURL(/availability/);
    await page.getByRole("button", { name: leave("save.discard") }).click();
    await expect(page.getByRole("button", { name: leave("save.save") })).toBeHidden();
  });

  test("a viewer reads it and can't change it", async ({ asViewer: page, messages }) => {
    const t = messages("settings");
    await page.goto(`${settings}/availability`);
    await expect(page.getByText(t("policy.readOnly"))).toBeVisible();
    const box = page.getByRole("checkbox").first();
    await box.focus();
    await page.keyboard.press("Space");
    await expect(box).not.toBeChecked();
    const hours = page.getByRole("switch");
    const isOn = await hours.isChecked();
    await hours.focus();
    await page.keyboard.press("Space");
    await expect(hours).toBeChecked({ checked: isOn });
    await expect(page.getByRole("button", { name: messages("profile")("save.save") })).toBeHidden();
  });
});

const panelOf = (page: Page, title: string) => page.getByRole("dialog", { name: title });

test("by keyboard alone: a preset is created, changed with undo, and deleted", {
  tag: "@language",
}, async ({ asSupervisor: page, make, api, messages, guard }) => {
  const t = messages("settings");
  const name = make.uniqueName("Noodles");
  const made = async () =>
    (await api.call(listStatuses, { query: { limit: "100" } })).results.find(
      (preset) => preset.name === name,
    );
  make.removeLater(async () => {
    const left = await made();
    if (left) await api.call(deleteStatus, { params: { statusId: left.id } });
  });
  await page.goto(`${settings}/presets`);
  await tabTo(page, page.getByRole("button", { name: t("presets.new") }));
  await page.keyboard.press("Enter");
  const draft = panelOf(page, t("presets.new"));
  await expect(draft.getByRole("textbox", { name: t("common.name"), exact: true })).toBeFocused();
  await page.keyboard.type(name);
  await page.keyboard.press("Tab");
  await page.keyboard.type("no emoji");
  await page.keyboard.press("ControlOrMeta+s");
  const icon = draft.getByRole("textbox", { name: t("presets.icon") });
  await expect(icon).toHaveAccessibleDescription(new RegExp(t("presets.iconWrong")));
  await icon.fill("🍜");
  await tabTo(page, draft.getByRole("textbox", { name: t("presets.duration") }));
  await page.keyboard.type("45");
  await page.keyboard.press("ControlOrMeta+s");
  await expect(draft).toBeHidden();
  expect(await made()).toMatchObject({
    icon: "🍜",
    status: "active",
    activity: "onBreak",
    activityTtl: 2700,
  });
  expect(await made()).not.toHaveProperty("activityText");

  guard.allowStatus(409);
  await page.getByRole("button", { name: t("presets.new") }).click();
  await draft.getByRole("textbox", { name: t("common.name"), exact: true }).fill(name.toUpperCase());
  await page.keyboard.press("ControlOrMeta+s");
  await expect(
    draft.getByRole("textbox", { name: t("common.name"), exact: true }),
  ).toHaveAccessibleDescription(new RegExp(t("presets.nameTaken")));
  await page.keyboard.press("Escape");
  await page
    .getByRole("alertdialog", { name: messages("ui")("lossTitle") })
    .getByRole("button", { name: messages("ui")("discard"), exact: true })
    .click();

  const row = page.getByRole("row", { name });
  await row.getByRole("link", { name, exact: true }).click();
  const panel = panelOf(page, name);
  await panel.getByRole("textbox", { name: t("presets.text") }).fill("Ramen");
  await panel.getByRole("textbox", { name: t("presets.duration") }).fill("");
  await page.keyboard.press("ControlOrMeta+s");
  await expect(panel).toBeHidden();
  expect(await made()).toMatchObject({ activityText: "Ramen" });
  expect(await made()).not.toHaveProperty("activityTtl");
  await page.getByRole("button", { name: messages("ui")("undo") }).click();
  await expect.poll(async () => (await made())?.activityTtl).toBe(2700);
  expect(await made()).not.toHaveProperty("activityText");

  await row.getByRole("button", { name: t("common.actionsFor", { name }) }).click();
  await page.getByRole("menuitem", { name: t("common.deleteEllipsis") }).click();
  const question = page.getByRole("alertdialog", { name: t("common.deleteTitle", { name }) });
  await expect(question.getByText(t("presets.usage", { waiting: 0 }))).toBeVisible();
  await question.getByRole("button", { name: t("presets.delete") }).click();
  await expect(row).toBeHidden();
  await expect.poll(made).toBeUndefined();
});

test("by keyboard alone: a preset is moved, and its button keeps the focus", async ({
  asSupervisor: page,
  make,
  api,
  messages,
}) => {
  const t = messages("settings");
  const first = await make.preset();
  const second = await make.preset();
  const isBefore = async () => {
    const names = await presetsOf(api);
    return names.indexOf(second.name) < names.indexOf(first.name);
  };
  await page.goto(`${settings}/presets`);
  const up = page.getByRole("button", { name: t("presets.moveUp", { name: second.name }) });
  await up.focus();
  // Other tests may have created presets between the two.
  await expect(async () => {
    await page.keyboard.press("Enter");
    await expect(up).toBeFocused();
    await expect.poll(isBefore, { timeout: 1_000 }).toBe(true);
  }).toPass();
});
