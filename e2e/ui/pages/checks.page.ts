import {
  expect,
  expectAccessible,
  expectNoLayoutShift,
  expectNoSidewaysScroll,
  test,
} from "@/e2e/support/ui/fixtures";
import { translator } from "@/e2e/support/ui/messages";

// Checks that each check detects the fault it is meant for.

test.beforeEach(async ({ page }) => {
  await page.goto("/sign-in");
});

test("detects a button without a name", async ({ page }) => {
  await page.evaluate(() => document.querySelector("main")?.append(document.createElement("button")));
  await expect(expectAccessible(page)).rejects.toThrow(/<button><\/button>[\s\S]*button-name/);
});

test("detects low contrast in the dark theme only", async ({ page }) => {
  await page.evaluate(() => {
    const text = document.createElement("p");
    text.textContent = "Dark on dark";
    text.style.color = "#333333";
    document.querySelector("main")?.append(text);
  });
  await expect(expectAccessible(page)).rejects.toThrow(/system dark[\s\S]*color-contrast/);
});

test("detects horizontal overflow on a phone", async ({ page }) => {
  const before = page.viewportSize();
  await page.evaluate(() => {
    const wide = document.createElement("div");
    wide.style.cssText = "width: 500px; height: 1px";
    wide.id = "wide";
    document.querySelector("main")?.append(wide);
  });
  await expect(expectNoSidewaysScroll(page)).rejects.toThrow('id="wide"');
  expect(page.viewportSize()).toEqual(before);
});

test("detects a layout shift after rendering", async ({ page }) => {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    await frame();
    const late = document.createElement("div");
    late.style.height = "300px";
    document.body.prepend(late);
    await frame();
    await frame();
  });
  await expect(expectNoLayoutShift(page)).rejects.toThrow("Layout shifts");
});

test("formats catalog texts like the product", () => {
  const counted = "{count, plural, zero {none} one {one} two {two} few {a few} many {many} other {others}}";
  const t = translator("ar", { delete: { question: counted } }, "Asia/Kathmandu");
  expect(t("delete.question", { count: 2 })).toBe("two");
  expect(t("delete.question", { count: 11 })).toBe("many");
  expect(() => t("delete.answer")).toThrow("delete.answer");
});
