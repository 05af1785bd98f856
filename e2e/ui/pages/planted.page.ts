import type { Page } from "@playwright/test";
import { expectBothClocks } from "@/e2e/support/ui/clocks";
import { expect, expectMirrored, hydrated, test } from "@/e2e/support/ui/fixtures";
import { patchAgent } from "@/lib/agents/agents/contract";
import { weekdays } from "@/lib/platform/time/calendar";

// Plants each fault that the test environments should reveal, and checks that they reveal it and that UTC
// does not.

/** Runs in the page: formats agents' times in the browser's time zone. */
const ownHour = () => {
  const { DateTimeFormat } = Intl;
  Intl.DateTimeFormat = new Proxy(DateTimeFormat, {
    construct: (target, [locale, options]) =>
      new target(locale, options?.timeZone === "UTC" ? { ...options, timeZone: undefined } : options),
  });
};

/** Runs in the page: reports UTC, the server's zone, as the browser's time zone. */
const serversHour = () => {
  const { resolvedOptions } = Intl.DateTimeFormat.prototype;
  Intl.DateTimeFormat.prototype.resolvedOptions = function () {
    return { ...resolvedOptions.call(this), timeZone: "UTC" };
  };
};

const nights = { from: { hour: 22, minute: 0 }, to: { hour: 6, minute: 0 } };
const hour = 3_600_000;
// The schedule is the same every night, so any date works: 22:00 in Tokyo is 13:00 UTC.
const startsAt = Date.UTC(2026, 0, 5, 13);
const everyNight = Object.fromEntries(weekdays.map((day) => [day, nights]));

for (const { zone, finds } of [
  { zone: "UTC", finds: false },
  { zone: "America/St_Johns", finds: true },
  { zone: "Asia/Kathmandu", finds: true },
])
  test.describe(`in ${zone}`, () => {
    test.use({ timezoneId: zone });

    test(`a leaked hour is ${finds ? "detected" : "invisible"}`, async ({ openAs, make, api }) => {
      const { id } = await make.agent({ timezone: "Asia/Tokyo" });
      await api.call(patchAgent, { params: { agentId: id }, body: { weeklySchedule: everyNight } });
      const look = async (page: Page) => {
        await page.goto(`/w/northwind/agents/${id}?tab=schedule`);
        await hydrated(page);
        await expect(page.getByRole("figure").getByRole("listitem").first()).toBeVisible();
        return expectBothClocks(page, {
          locale: "en-US",
          zones: { agent: "Asia/Tokyo", viewer: zone },
          instants: [startsAt, startsAt + 8 * hour],
          patience: 1_000,
        });
      };
      await look(await openAs("supervisor"));
      for (const plant of [ownHour, serversHour]) {
        const page = await openAs("supervisor");
        await page.addInitScript(plant);
        if (finds) await expect(look(page), plant.name).rejects.toThrow("the shift at");
        else await look(page);
      }
    });
  });

test.describe("right to left", () => {
  const plants = [
    { fault: "left", style: "position: absolute; left: 24px; width: 80px" },
    { fault: "right", style: "position: absolute; right: 24px; width: 80px" },
    { fault: "margin-left", style: "margin-left: 48px; width: 80px" },
    { fault: "padding-right", style: "padding-right: 48px; width: fit-content" },
    { fault: "text-align", style: "text-align: left" },
    { fault: "float", style: "float: left; width: 80px" },
  ];

  for (const { fault, style } of plants)
    test(`a hard-coded ${fault} is detected`, async ({ page }) => {
      await page.goto("/sign-in");
      await expectMirrored(page);
      await plant(page, style);
      await expect(expectMirrored(page)).rejects.toThrow(/became.*planted/);
    });

  test("logical properties are not reported", async ({ page }) => {
    await page.goto("/sign-in");
    await plant(page, "position: absolute; inset-inline-start: 24px; width: 80px; text-align: start");
    await expectMirrored(page);
  });

  async function plant(page: Page, style: string): Promise<void> {
    await page.evaluate((css) => {
      const planted = document.createElement("div");
      planted.id = "planted";
      planted.textContent = "Here";
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`#planted { ${css} }`);
      document.adoptedStyleSheets.push(sheet);
      const room = document.createElement("div");
      room.style.cssText = "width: 100%; height: 40px; position: relative";
      room.append(planted);
      document.querySelector("main")?.append(room);
    }, style);
  }
});
