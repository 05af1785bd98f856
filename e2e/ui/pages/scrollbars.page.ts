import { chromiumExecutable } from "@/e2e/support/ui/environment";
import { expect, settled, test } from "@/e2e/support/ui/fixtures";
import { chromiumOptions } from "@/scripts/testing/chromium";

// Headless Chromium hides scrollbars by default. Here they take up space, as on most desktops.
test.use({
  launchOptions: { ...chromiumOptions(chromiumExecutable()), ignoreDefaultArgs: ["--hide-scrollbars"] },
  viewport: { width: 1366, height: 500 },
});

test("a page keeps its width when a search removes its scrollbar, and a list that scrolls itself uses the full width", async ({
  asSupervisor: page,
  messages,
}) => {
  const t = messages("settings");
  const main = page.getByRole("main");
  const room = () =>
    main.evaluate((each: HTMLElement) => ({
      scrolls: each.scrollHeight > each.clientHeight,
      bar: each.offsetWidth - each.clientWidth,
    }));
  await page.goto("/w/northwind/settings/people");
  const heading = page.getByRole("heading", { level: 1 });
  await expect(page.getByRole("rowheader").first()).toBeVisible();
  await settled(page);
  const before = await heading.locator("..").boundingBox();
  const { scrolls, bar } = await room();
  expect(scrolls).toBe(true);
  expect(bar).toBeGreaterThan(5);

  await page.getByRole("searchbox", { name: t("people.search") }).fill("maren");
  await expect.poll(async () => (await room()).scrolls).toBe(false);
  expect((await room()).bar).toBe(bar);
  expect(await heading.locator("..").boundingBox()).toEqual(before);

  await page.goto("/w/northwind/agents");
  await expect(page.getByRole("grid").getByRole("row").nth(5)).toBeVisible();
  expect(await room()).toEqual({ scrolls: false, bar: 0 });
});
