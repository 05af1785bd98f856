import type { Locator } from "@playwright/test";
import { AgentListPage, listPath } from "@/e2e/support/ui/agent-list";
import type { Api } from "@/e2e/support/ui/api";
import {
  expect,
  expectAccessible,
  pressBox,
  pressInToast,
  tabBackTo,
  tabTo,
  test,
} from "@/e2e/support/ui/fixtures";
import type { Conventions } from "@/e2e/support/ui/language";
import type { Messages } from "@/e2e/support/ui/messages";
import type { Makers } from "@/e2e/support/ui/people";
import type { Agent } from "@/lib/agents/agents/contract";
import { createCoverageNeed, deleteCoverageNeed } from "@/lib/agents/coverage/needs-contract";
import { createShift, deleteShift } from "@/lib/hours/shifts/contract";
import { createRotation, deleteRotation, getRotation } from "@/lib/hours/shifts/rotations-contract";
import { cancelTimeOff, createTimeOff, listTimeOff } from "@/lib/hours/time-off/contract";
import { listTimeOffTypes } from "@/lib/hours/time-off/types-contract";
import { getSchedule, listOverrides, putOverride } from "@/lib/hours/weeks/contract";
import { formatDay, formatWallTime } from "@/lib/platform/time/format";

/** A Wednesday. */
const date = "2027-06-16";
const range = { from: date, to: date };
const hours = (from: number, to: number) => ({
  from: { hour: from, minute: 0 },
  to: { hour: to, minute: 0 },
});

/** Makes three agents who work on Wednesdays from 9 to 17 in the workspace's time zone, in a team that needs two of them from 9 to 17. */
async function makeTeam(make: Makers, api: Api) {
  const unique = make.uniqueName("Hours");
  const agents = await make.agents(
    ["01", "02", "03"].map((number) => ({
      name: `${unique} ${number}`,
      timezone: "Europe/Berlin",
      weeklySchedule: { wednesday: hours(9, 17) },
    })),
  );
  const team = await make.team({ agentIds: agents.map(({ id }) => id) });
  const need = await api.call(createCoverageNeed, {
    body: { teamId: team.id, days: ["wednesday"], ...hours(9, 17), minimum: 2 },
  });
  make.removeLater(() => api.call(deleteCoverageNeed, { params: { coverageNeedId: need.id } }));
  return { unique, agents, team };
}

/** Returns the overrides of agents on that Wednesday, as stored. */
async function overridesOf(api: Api, agents: readonly Agent[]) {
  const found = await Promise.all(
    agents.map(({ id }) => api.call(listOverrides, { params: { agentId: id }, query: range })),
  );
  return found.map(({ results }) => results);
}

const intervalsOf = async (api: Api, agents: readonly Agent[]) =>
  (await overridesOf(api, agents)).map((each) => each.map(({ intervals }) => intervals));

/** Types the date into a field by keyboard. */
async function typeDate(field: Locator, { digitsOf }: Conventions): Promise<void> {
  const page = field.page();
  await tabTo(page, field.getByRole("spinbutton").first());
  await page.keyboard.type(digitsOf(date));
}

/** A toolbar is a single tab stop, on the button that had the focus last; arrow keys move along it. */
async function openForm(
  list: AgentListPage,
  t: Messages,
  form: string,
  onward: string,
  { isSecond = false } = {},
): Promise<Locator> {
  const { page, bulkBar } = list;
  const more = bulkBar.getByRole("button", { name: t("bulk.more"), exact: true });
  await tabTo(page, isSecond ? more : bulkBar.getByRole("button", { name: t("bulk.clear") }));
  for (let press = 0; press < 6; press += 1) {
    if (await more.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press(onward);
  }
  await expect(more).toBeFocused();
  await page.keyboard.press("Enter");
  const item = page.getByRole("menuitem", { name: t(`bulk.forms.${form}`) });
  await expect(item).toBeVisible();
  for (let press = 0; press < 8; press += 1) {
    if (await item.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press("ArrowDown");
  }
  await expect(item).toBeFocused();
  await page.keyboard.press("Enter");
  return page.getByRole("dialog", { name: t(`bulk.forms.${form}`) });
}

test("a day off for a team shows the gap before it is applied, and is undone", async ({
  asSupervisor: page,
  make,
  api,
  messages,
  conventions,
}) => {
  const t = messages("agents");
  const ask = messages("calendar");
  const { unique, agents, team } = await makeTeam(make, api);
  const [changed] = agents as [Agent, ...Agent[]];
  // An override that undo must restore.
  await api.call(putOverride, {
    params: { agentId: changed.id, date },
    body: { intervals: [hours(8, 12)], note: "Dentist" },
  });
  const before = await overridesOf(api, agents);
  const list = new AgentListPage(page, messages);
  await page.goto(listPath(unique));
  await list.expectRange(1, 3, 3);
  await pressBox(list.table.getByRole("columnheader").getByRole("checkbox"));
  await list.bulkBar.getByRole("button", { name: t("bulk.more") }).click();
  await page.getByRole("menuitem", { name: t("bulk.forms.dates") }).click();
  const form = page.getByRole("dialog", { name: t("bulk.forms.dates") });
  await expect(form).toContainText(changed.name);
  const from = form.getByRole("group", { name: ask("timeOff.ask.from"), exact: true });
  await from.getByRole("spinbutton").first().click();
  const effect = form.getByRole("group", { name: ask("effect.title") });
  // Nothing is asked about the year 20.
  const digits = conventions.digitsOf(date);
  await page.keyboard.type(digits.slice(0, 6));
  await expect(effect).toContainText(ask("effect.incomplete"));
  await page.keyboard.type(digits.slice(6));
  await expect(effect).toContainText(ask("effect.noGaps"));
  await form.getByText(t("bulk.hours.modes.off")).click();
  // The first agent already leaves at 12, so before there are two until 17.
  await expect(effect).toContainText(ask("effect.gaps", { count: 1 }));
  await expect(effect).toContainText(team.name);
  const { locale } = conventions;
  for (const hour of [9, 17]) await expect(effect).toContainText(formatWallTime(locale, { hour, minute: 0 }));
  await expectAccessible(page);
  await form.getByRole("button", { name: t("bulk.apply", { count: 3 }) }).click();
  await expect(form).toBeHidden();
  await expect.poll(() => intervalsOf(api, agents)).toEqual([[[]], [[]], [[]]]);

  const note = page.getByRole("alertdialog", { name: t("bulk.forms.dates") });
  await expect(note).toContainText(t("bulk.changed", { count: 3 }));
  await note.getByRole("button", { name: messages("ui")("undo") }).click();
  const undone = t("bulk.undone", { title: t("bulk.forms.dates") });
  await expect(page.getByRole("alertdialog", { name: undone })).toBeVisible();
  expect(await overridesOf(api, agents)).toEqual(before);
});

test("by keyboard alone: hours on a date are changed with their effect, and undone", {
  tag: "@language",
}, async ({ asSupervisor: page, make, api, messages, conventions }) => {
  const t = messages("agents");
  const calendar = messages("calendar");
  const schedule = messages("schedule");
  const { unique, agents, team } = await makeTeam(make, api);
  const [first] = agents as [Agent, ...Agent[]];
  const list = new AgentListPage(page, messages);
  await page.goto(listPath(unique));
  await list.expectRange(1, 3, 3);
  await page.keyboard.press("j");
  await expect(list.row(first.name)).toBeFocused();
  await page.keyboard.press("ControlOrMeta+a");
  await expect(list.bulkBar).toContainText(t("bulk.selected", { count: 3 }));

  const form = await openForm(list, t, "dates", conventions.onwardKey);
  const from = form.getByRole("group", { name: calendar("timeOff.ask.from"), exact: true });
  await typeDate(from, conventions);
  const effect = form.getByRole("group", { name: calendar("effect.title") });
  // Nine to five is what they work anyway.
  await expect(effect).toContainText(calendar("effect.none"));
  const day = t("bulk.hours.eachDay");
  await tabTo(
    page,
    form
      .getByRole("group", { name: schedule("fromOf", { day }) })
      .getByRole("spinbutton")
      .first(),
  );
  await page.keyboard.type("10");
  await expect(effect).toContainText(calendar("effect.gaps", { count: 1 }));
  await expect(effect).toContainText(team.name);
  await tabTo(page, form.getByRole("button", { name: t("bulk.apply", { count: 3 }) }));
  await page.keyboard.press("Enter");
  await expect(form).toBeHidden();
  const late = [hours(10, 17)];
  await expect.poll(() => intervalsOf(api, agents)).toEqual([[late], [late], [late]]);

  const note = page.getByRole("alertdialog", { name: t("bulk.forms.dates") });
  await expect(note).toContainText(t("bulk.changed", { count: 3 }));
  await pressInToast(page, note, messages("ui")("undo"));
  const undone = t("bulk.undone", { title: t("bulk.forms.dates") });
  await expect(page.getByRole("alertdialog", { name: undone })).toBeVisible();
  expect(await overridesOf(api, agents)).toEqual([[], [], []]);
});

test("time off that overlaps is refused for all, and a later change can't be undone", async ({
  asSupervisor: page,
  make,
  api,
  guard,
  messages,
  conventions,
}) => {
  const t = messages("agents");
  const calendar = messages("calendar");
  const errors = messages("errors");
  const { unique, agents } = await makeTeam(make, api);
  const [, off, last] = agents as [Agent, Agent, Agent];
  const agentIds = agents.map(({ id }) => id);
  const types = await api.call(listTimeOffTypes, { query: { limit: "1" } });
  const typeId = types.results[0]?.id ?? "";
  await api.call(createTimeOff, {
    params: { agentId: off.id },
    body: { typeId, startDate: date, endDate: date, state: "approved" },
  });
  const entered = async (from: string) => {
    const query = { from, to: from, agentIds, states: ["approved" as const], limit: "100" };
    return (await api.call(listTimeOff, { query })).results;
  };
  const list = new AgentListPage(page, messages);
  await page.goto(listPath(unique));
  await list.expectRange(1, 3, 3);
  await pressBox(list.table.getByRole("columnheader").getByRole("checkbox"));
  await list.bulkBar.getByRole("button", { name: t("bulk.more") }).click();
  await page.getByRole("menuitem", { name: t("bulk.forms.timeOff") }).click();
  const form = page.getByRole("dialog", { name: t("bulk.forms.timeOff") });
  const day = form
    .getByRole("group", { name: calendar("timeOff.ask.from"), exact: true })
    .getByRole("spinbutton");
  await day.first().click();
  await page.keyboard.type(conventions.digitsOf(date));
  const apply = form.getByRole("button", { name: t("bulk.apply", { count: 3 }) });
  guard.allowStatus(409);
  await apply.click();
  const problem = errors("refusals.TimeOffOverlaps");
  await expect(form.getByRole("alert")).toHaveText(t("bulk.hours.failedFor", { name: off.name, problem }));
  expect((await entered(date)).map(({ agentId }) => agentId)).toEqual([off.id]);

  // The form keeps what was typed; another day is free.
  await day.first().click();
  await page.keyboard.type(conventions.digitsOf("2027-06-17"));
  await apply.click();
  await expect(form).toBeHidden();
  const next = await entered("2027-06-17");
  expect(new Set(next.map(({ agentId }) => agentId))).toEqual(new Set(agentIds));

  const later = next.find(({ agentId }) => agentId === last.id);
  await api.call(cancelTimeOff, { params: { agentId: last.id, timeOffId: later?.id ?? "" }, body: {} });
  const note = page.getByRole("alertdialog", { name: t("bulk.forms.timeOff") });
  await note.getByRole("button", { name: messages("ui")("undo") }).click();
  const notUndone = t("bulk.hours.notUndone", { title: t("bulk.forms.timeOff") });
  await expect(page.getByRole("alertdialog", { name: notUndone })).toContainText(t("bulk.hours.overwritten"));
  expect(await entered("2027-06-17")).toHaveLength(2);
});

test("by keyboard alone: a rotation, then a weekly schedule, for a team, both undone", async ({
  asSupervisor: page,
  make,
  api,
  messages,
  conventions,
}) => {
  const t = messages("agents");
  const calendar = messages("calendar");
  const schedule = messages("schedule");
  const { unique, agents } = await makeTeam(make, api);
  const name = make.uniqueName("Late");
  const shift = await api.call(createShift, { body: { name, colour: "blue", intervals: [hours(12, 20)] } });
  const rotation = await api.call(createRotation, {
    body: { name, startDate: "2027-06-14", weeks: [{ wednesday: shift.id }, {}] },
  });
  const params = { rotationId: rotation.id };
  make.removeLater(async () => {
    await api.call(deleteRotation, { params });
    await api.call(deleteShift, { params: { shiftId: shift.id } });
  });
  const members = async () =>
    (await api.call(getRotation, { params })).members.map(({ agentId, from, offset }) => ({
      agentId,
      from,
      offset,
    }));
  const schedules = () =>
    Promise.all(agents.map(({ id: agentId }) => api.call(getSchedule, { params: { agentId } })));
  const before = await schedules();
  const list = new AgentListPage(page, messages);
  await page.goto(listPath(unique));
  await list.expectRange(1, 3, 3);
  await list.table.getByRole("row").nth(1).focus();
  await page.keyboard.press("ControlOrMeta+a");
  const undo = async (title: string) => {
    const note = page.getByRole("alertdialog", { name: title, exact: true });
    await expect(note).toContainText(t("bulk.changed", { count: 3 }));
    await pressInToast(page, note, messages("ui")("undo"));
    await expect(page.getByRole("alertdialog", { name: t("bulk.undone", { title }) })).toBeVisible();
  };
  // Backwards from the first field: the fields of a week have sixty tab stops.
  const apply = async (form: Locator) => {
    await tabBackTo(page, form.getByRole("button", { name: t("bulk.apply", { count: 3 }) }));
    await page.keyboard.press("Enter");
    await expect(form).toBeHidden();
  };

  const rotations = await openForm(list, t, "rotation", conventions.onwardKey);
  await expect(rotations.getByRole("button", { name: t("bulk.hours.rotation") })).toBeFocused();
  await page.keyboard.press("Enter");
  const option = page.getByRole("option", { name });
  await expect(option).toBeVisible();
  await page.keyboard.type(name);
  await expect(option).toBeFocused();
  await page.keyboard.press("Enter");
  const from = rotations.getByRole("group", { name: t("bulk.hours.from"), exact: true });
  await typeDate(from, conventions);
  const effect = rotations.getByRole("group", { name: calendar("effect.title") });
  const until = formatDay(conventions.locale, Date.parse("2027-06-28") / 86_400_000, {
    month: "long",
    day: "numeric",
  });
  // Nobody is there from 9 to 12 in the first week, and all day in the second, which is off.
  await expect(effect).toContainText(calendar("effect.gaps", { count: 2 }));
  await expect(effect).toContainText(calendar("effect.until", { date: until }));
  await apply(rotations);
  const each = agents.map(({ id: agentId }) => ({ agentId, from: date, offset: 0 }));
  await expect
    .poll(async () => (await members()).sort((a, b) => a.agentId.localeCompare(b.agentId)))
    .toEqual(each.sort((a, b) => a.agentId.localeCompare(b.agentId)));
  await undo(t("bulk.forms.rotation"));
  expect(await members()).toEqual([]);

  // F6 leads from the toasts to the navigation, thirty tabs before the bulk actions.
  await list.table.getByRole("row").nth(1).focus();
  const weekly = await openForm(list, t, "weekly", conventions.onwardKey, { isSecond: true });
  await typeDate(weekly.getByRole("group", { name: schedule("versions.date"), exact: true }), conventions);
  await apply(weekly);
  await expect
    .poll(async () => (await schedules()).map(({ versions }) => versions.at(-1)?.effectiveFrom))
    .toEqual([date, date, date]);
  await undo(t("bulk.forms.weekly"));
  expect((await schedules()).map(({ always, versions }) => ({ always, versions }))).toEqual(
    before.map(({ always, versions }) => ({ always, versions })),
  );
});
