import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { createHolidayCalendarRepository } from "@/lib/hours/holiday-calendars/server/repository";
import { createHolidayCalendarService } from "@/lib/hours/holiday-calendars/server/service";
import { createHolidayService } from "@/lib/hours/public-holidays/server/service";
import { createHoursChanges } from "@/lib/hours/weeks/server/hours-changes";
import { createDatabase } from "@/lib/platform/database/db";
import { createPageTokens } from "@/lib/platform/http/server/page-token";
import { type AuthorizedWorkspaceId, newId } from "@/lib/platform/ids";
import { createSecrets } from "@/lib/platform/security/secrets";
import { testDatabaseUrl } from "@/lib/testing/environment";
import { insertRows, makeWorkspace } from "@/lib/testing/factories";

const db = createDatabase(testDatabaseUrl(), 4, () => {});
/** A second connection: a call inside a transaction would join it. */
const other = createDatabase(testDatabaseUrl(), 1, () => {});
afterAll(() => Promise.all([db.close(), other.close()]));

const repository = createHolidayCalendarRepository(db);
const unused = () => Promise.reject(new Error("the job records nothing"));
const holidays = createHolidayService();
const serviceWith = (daysOf: typeof holidays.daysOf) =>
  createHolidayCalendarService({
    db,
    repository,
    holidays: { unknownPart: holidays.unknownPart, daysOf },
    changes: createHoursChanges(db, { recordUpdates: unused }),
    audit: { record: unused },
    pageTokens: createPageTokens(createSecrets("0".repeat(64))),
  });
const { extend } = serviceWith(holidays.daysOf);

let workspaceId: AuthorizedWorkspaceId;
beforeEach(async () => {
  await db.query("DELETE FROM holiday_calendars");
  workspaceId = newId<AuthorizedWorkspaceId>();
  await insertRows(db.query, makeWorkspace({ id: workspaceId, slug: workspaceId }));
});

const made = new Date("2026-06-01T12:00:00Z");
async function makeCalendar(
  country: string | null,
  days: readonly string[],
  region: string | null = null,
): Promise<string> {
  const id = newId();
  await repository.insert(workspaceId, id, { name: id, country, region }, made);
  await repository.setDays(
    workspaceId,
    id,
    days.map((date) => ({ date, name: "Kept" })),
  );
  return id;
}
const find = async (id: string) => {
  const found = await repository.find(workspaceId, id);
  if (!found) throw new Error("the calendar is gone");
  return found;
};
const yearsOf = async (id: string) => [
  ...new Set((await find(id)).days.map(({ date }) => Number(date.slice(0, 4)))),
];

describe("the job that extends holiday calendars", () => {
  it("adds the year after next, keeps past days, and corrects coming ones", async () => {
    // July 1 has never been a holiday in Germany.
    const id = await makeCalendar("DE", ["2026-07-01", "2027-01-01", "2027-07-01", "2028-01-01"]);
    const now = new Date("2027-02-01T00:10:00Z");
    expect(await extend(now)).toBe(1);
    expect(await yearsOf(id)).toEqual([2026, 2027, 2028, 2029]);
    const { days, updatedAt } = await find(id);
    expect(days.filter(({ name }) => name === "Kept").map(({ date }) => date)).toEqual([
      "2026-07-01",
      "2027-01-01",
    ]);
    expect(days.filter(({ name }) => name === "Easter Monday").map(({ date }) => date)).toEqual([
      "2027-03-29",
      "2028-04-17",
      "2029-04-02",
    ]);
    expect(updatedAt).toEqual(now);
    expect(await extend(now)).toBe(0);
  });

  it("skips calendars with their own days, complete ones, and unknown places", async () => {
    const now = new Date("2027-02-01T00:10:00Z");
    const own = await makeCalendar(null, ["2026-07-01"]);
    const complete = await makeCalendar("DE", ["2029-01-01"]);
    const unknown = await makeCalendar("DE", ["2026-07-01"], "OLD");
    expect(await extend(now)).toBe(0);
    expect(await yearsOf(own)).toEqual([2026]);
    expect(await yearsOf(complete)).toEqual([2029]);
    expect(await yearsOf(unknown)).toEqual([2026]);
    expect((await find(own)).updatedAt).toEqual(made);
  });

  it("extends the others if some can't be computed, and then fails", async () => {
    const [broken, first, last] = await Promise.all(
      ["FR", "DE", "AE"].map((country) => makeCalendar(country, ["2026-07-01"])),
    );
    const partly = serviceWith(async (place, ...rest) => {
      if (place.countryCode === "FR") throw new Error("no holidays");
      return await holidays.daysOf(place, ...rest);
    });
    const now = new Date("2027-02-01T00:10:00Z");
    await expect(partly.extend(now)).rejects.toThrow("could not extend holiday calendars: 1");
    for (const id of [first, last]) expect(await yearsOf(String(id))).toEqual([2026, 2027, 2028, 2029]);
    expect(await yearsOf(String(broken))).toEqual([2026]);
  });

  it("extends each calendar once if it runs twice at the same time", async () => {
    const ids = await Promise.all(["FR", "DE", "AE"].map((country) => makeCalendar(country, ["2026-07-01"])));
    const now = new Date("2027-02-01T00:10:00Z");
    const counts = await Promise.all([extend(now), extend(now)]);
    expect(counts.reduce((sum, count) => sum + count)).toBe(3);
    for (const id of ids) expect(await yearsOf(id)).toEqual([2026, 2027, 2028, 2029]);
  });

  it("doesn't restore the days of a source that was removed meanwhile", async () => {
    const id = await makeCalendar("DE", ["2026-07-01"]);
    const now = new Date("2027-02-01T00:10:00Z");
    let running: Promise<number> | undefined;
    await other.transaction(async () => {
      await createHolidayCalendarRepository(other).update(
        workspaceId,
        id,
        { country: null, region: null },
        made,
      );
      running = extend(now);
      await new Promise((resolve) => setTimeout(resolve, 1_500));
    });
    expect(await running).toBe(0);
    expect(await yearsOf(id)).toEqual([2026]);
  });
});
