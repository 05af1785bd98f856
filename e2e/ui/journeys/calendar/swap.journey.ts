import { expect, expectNoSidewaysScroll, test } from "@/e2e/support/ui/fixtures";
import { listAgentShifts } from "@/lib/hours/shifts/hours-contract";
import { listShiftSwaps, patchCalendarPolicy } from "@/lib/hours/shifts/swaps-contract";

test.use({ viewport: { width: 360, height: 780 } });

const nine = { from: { hour: 9, minute: 0 }, to: { hour: 17, minute: 0 } };
const everyDay = Object.fromEntries(
  ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"].map((day) => [day, nine]),
);

/** Returns the ISO date so many days from now. */
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

test("an agent offers a shift, a colleague takes it and a supervisor approves", async ({
  api,
  make,
  openAs,
  messages,
  guard,
}) => {
  const t = messages("calendar");
  await api.call(patchCalendarPolicy, { body: { swapApproval: "required" } });
  const offering = await make.member({ agent: { timezone: "UTC", weeklySchedule: everyDay } });
  const taking = await make.member({ agent: { timezone: "UTC", weeklySchedule: {} } });
  const ids = [offering.agent?.id ?? "", taking.agent?.id ?? ""];
  await make.team({ agentIds: ids });
  const [from, to] = ids as [string, string];

  const page = await openAs(offering.account);
  await page.goto("/me?tab=timeOff");
  const shifts = page.getByRole("region", { name: t("timeOff.shifts.title") });
  await shifts.getByRole("button").nth(2).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: t("timeOff.swaps.send") }).click();
  await expect(dialog).toBeHidden();
  await expect(shifts.getByText(t("timeOff.shifts.offered"), { exact: true })).toBeVisible();
  const [swap] = (await api.call(listShiftSwaps, { query: { agentIds: [from] } })).results;
  if (!swap) throw new Error("Nothing was offered.");

  const colleague = await openAs(taking.account);
  await colleague.goto("/me?tab=timeOff");
  const offers = colleague.getByRole("region", { name: t("timeOff.swaps.offers") });
  await expect(offers).toContainText(offering.name);
  await expectNoSidewaysScroll(colleague);
  await offers.getByText(t("timeOff.swaps.accept"), { exact: true }).click();
  await expect(offers.getByText(t("timeOff.swaps.waits"))).toBeVisible();

  const supervisor = await openAs("supervisor");
  guard.tolerateDeletedRequests();
  await supervisor.goto("/w/northwind/time-off");
  const row = supervisor.getByRole("listitem").filter({ hasText: taking.name });
  await row.getByText(t("timeOff.swaps.approve"), { exact: true }).click();
  await expect(row).toBeHidden();

  const range = { from: inDays(-1), to: inDays(15) };
  const datesOf = async (agentId: string) =>
    (await api.call(listAgentShifts, { params: { agentId }, query: range })).results.map(({ date }) => date);
  await expect.poll(() => datesOf(to)).toEqual([swap.date]);
  expect(await datesOf(from)).not.toContain(swap.date);
});
