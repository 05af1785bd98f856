import type { BrowserContext } from "@playwright/test";
import { baseUrl } from "@/e2e/support/ui/environment";
import { expect, test } from "@/e2e/support/ui/fixtures";
import { Guard } from "@/e2e/support/ui/guard";

/** Opens the sign-in page with its own guard, causes an error, and returns what the guard recorded. */
async function complaintsAbout(
  context: BrowserContext,
  wrong: () => void | Promise<void>,
  announce: (guard: Guard) => void = () => undefined,
): Promise<string[]> {
  const guard = new Guard(new URL(baseUrl()).origin);
  announce(guard);
  await guard.watch(context);
  const page = await context.newPage();
  await context.route("**/api/broken", (route) => route.fulfill({ status: 500, body: "{}" }));
  await page.goto(`${baseUrl()}/sign-in`);
  await page.evaluate(wrong);
  // The page's last message. All earlier ones have been recorded by then.
  const last = page.waitForEvent("console", (message) => message.text() === "done");
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
  // biome-ignore lint/suspicious/noConsole: runs in the page
  await page.evaluate(() => console.log("done"));
  await last;
  return guard.complaints();
}

const missteps: { what: string; wrong: () => void | Promise<void>; complaint: RegExp }[] = [
  // biome-ignore lint/suspicious/noConsole: runs in the page
  { what: "an error in the console", wrong: () => console.error("planted"), complaint: /error.*planted/ },
  // biome-ignore lint/suspicious/noConsole: runs in the page
  { what: "a warning in the console", wrong: () => console.warn("planted"), complaint: /warning.*planted/ },
  {
    what: "an exception that nobody catches",
    wrong: () => {
      setTimeout(() => {
        throw new Error("planted");
      });
    },
    complaint: /uncaught.*planted/,
  },
  {
    what: "an answer of 500",
    wrong: async () => {
      await fetch("/api/broken");
    },
    complaint: /^500 GET .*\/api\/broken/,
  },
  {
    what: "a script that the policy forbids",
    wrong: () => {
      const script = document.createElement("script");
      script.textContent = "window.planted = true";
      document.head.insertAdjacentHTML("beforeend", "<img src='x' onerror='window.planted = true'>");
      document.body.append(document.createRange().createContextualFragment(script.outerHTML));
    },
    complaint: /Content Security Policy/,
  },
  {
    what: "code from a text, whose exception is swallowed",
    wrong: () =>
      new Promise<void>((resolve) =>
        // Called by the page itself, because `evaluate` bypasses the CSP.
        setTimeout(() => {
          try {
            new Function("");
          } catch {}
          resolve();
        }),
      ),
    complaint: /eval was stopped by script-src/,
  },
];

for (const { what, wrong, complaint } of missteps)
  test(`${what} fails a test`, async ({ browser }) => {
    const context = await browser.newContext();
    expect(await complaintsAbout(context, wrong)).toContainEqual(expect.stringMatching(complaint));
    await context.close();
  });

test("an announced error response passes, and an announced one that does not occur fails", async ({
  browser,
}) => {
  const refused = async () => {
    await fetch("/api/workspaces", { headers: { Authorization: "AccessKey nonsense" } });
  };
  const announce = (guard: Guard) => guard.allowStatus(401);
  const context = await browser.newContext();
  expect(await complaintsAbout(context, refused)).toContainEqual(expect.stringContaining("401"));
  await context.close();
  const other = await browser.newContext();
  expect(await complaintsAbout(other, refused, announce)).toEqual([]);
  await other.close();
  const third = await browser.newContext();
  expect(await complaintsAbout(third, () => undefined, announce)).toEqual([
    "a refusal with 401 was expected, and did not come",
  ]);
  await third.close();
});

test("pages are signed in with the requested role, and members are created and removed", async ({
  asSupervisor,
  asAgent,
  asViewer,
  make,
  openAs,
}) => {
  const member = await make.member({ role: "Viewer", agent: { timezone: "Asia/Kathmandu" } });
  expect(member.agent?.timezone).toBe("Asia/Kathmandu");
  const expected = [
    { page: asSupervisor, email: "supervisor@northwind.example" },
    { page: asAgent, email: "agent@northwind.example" },
    { page: asViewer, email: "viewer@northwind.example" },
    { page: await openAs("otherSupervisor"), email: "supervisor@globex.example" },
    { page: await openAs(member.account), email: member.account.email },
  ];
  for (const { page, email } of expected) {
    await page.goto("/");
    const session = await page.request.get("/api/auth/session");
    expect((await session.json()).user.email).toBe(email);
  }
});
