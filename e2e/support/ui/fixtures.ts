import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import { type SessionCookie, signInByRequest } from "@/scripts/testing/browser-session";
import type { DemoRole } from "@/scripts/testing/demo-accounts";
import { type Api, openApi } from "./api";
import { Editor } from "./editor";
import { type Account, accountOf, baseUrl } from "./environment";
import { completeFirefox } from "./firefox";
import { Guard } from "./guard";
import { waitForHydration } from "./hydration";
import { type Conventions, conventionsOf } from "./language";
import { recordLayoutShifts } from "./layout";
import { type Language, type Messages, readMessages } from "./messages";
import { Makers } from "./people";

export { expectAccessible, expectUsableSizes } from "./accessibility";
export { pressBox } from "./checkbox";
export { hydrated } from "./hydration";
export { pressInToast, pressUntilFocused, tabBackTo, tabTo } from "./keyboard";
export { expectFitsWindow, expectNoLayoutShift, expectNoSidewaysScroll, settled, windows } from "./layout";
export { expectMirrored } from "./mirror";
export { failFirst, holdBack } from "./requests";
export { expect };

/** Options of a project in playwright.config.ts besides Playwright's own. */
export interface BrowserOptions {
  /** The language chosen in the product. */
  language: Language;
}

/** Fixtures for all tests. */
interface TestFixtures {
  /** Fails the test on page errors. A test announces the errors that it causes on purpose. */
  guard: Guard;
  /**
   * Opens a page in a new browser context, signed in as a demo role or as an account of the test, or signed
   * out.
   */
  openAs: (who?: DemoRole | Account) => Promise<Page>;
  /** Signed in as Northwind's supervisor. */
  asSupervisor: Page;
  /**
   * Signed in as an agent of Northwind that all tests share. A test that changes the profile must create a
   * member instead.
   */
  asAgent: Page;
  /** Signed in as a viewer of Northwind. */
  asViewer: Page;
  /** The API of Northwind, with all permissions. */
  api: Api;
  /** The API of Globex, with all permissions. */
  globexApi: Api;
  /** Creates agents and people in Northwind for this test. */
  make: Makers;
  /** Opens the editor page object of an agent. It records all later requests of the page. */
  editorOf: (page: Page, agentId: string) => Editor;
  /** Returns the texts of a catalog area in the project's language. */
  messages: (area: string) => Messages;
  /** Formats and directions of the project's language. */
  conventions: Conventions;
}

interface WorkerFixtures {
  /** Returns the session cookies of an account, signed in once per worker. */
  sessionOf: (account: Account) => Promise<SessionCookie[]>;
  apis: { northwind: Api; globex: Api };
}

/** The cookie that stores the chosen language. */
const languageCookie = "rollcall-locale";

async function prepare(context: BrowserContext, language: Language, guard: Guard): Promise<void> {
  await guard.watch(context);
  waitForHydration(context);
  await completeFirefox(context);
  await context.addInitScript(recordLayoutShifts);
  if (language !== "en")
    await context.addCookies([{ name: languageCookie, value: language, url: baseUrl() }]);
}

export const test = base.extend<TestFixtures & BrowserOptions, WorkerFixtures>({
  language: ["en", { option: true }],

  sessionOf: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
    async ({}, use) => {
      const sessions = new Map<string, Promise<SessionCookie[]>>();
      await use((account) => {
        const session = sessions.get(account.email) ?? signInByRequest(baseUrl(), account);
        sessions.set(account.email, session);
        return session;
      });
    },
    { scope: "worker" },
  ],

  apis: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
    async ({}, use) => use({ northwind: await openApi("northwind"), globex: await openApi("globex") }),
    { scope: "worker" },
  ],

  // Automatic, so that it also covers tests that do not request it.
  guard: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
    async ({}, use) => {
      const guard = new Guard(new URL(baseUrl()).origin);
      await use(guard);
      expect(guard.complaints(), "what pages complained about").toEqual([]);
    },
    { auto: true },
  ],

  context: async ({ context, language, guard }, use) => {
    await prepare(context, language, guard);
    await use(context);
  },

  // Depends on `make` only so that pages close before their data is removed: they refetch it periodically.
  openAs: async ({ browser, language, guard, sessionOf, make: _make }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (who) => {
      // A context created here inherits the project's options, such as its time zone.
      const context = await browser.newContext();
      contexts.push(context);
      await prepare(context, language, guard);
      if (who !== undefined) {
        const cookies = await sessionOf(typeof who === "string" ? accountOf(who) : who);
        await context.addCookies(
          cookies.map((cookie) => ({ ...cookie, url: baseUrl(), httpOnly: true, sameSite: "Lax" })),
        );
      }
      return context.newPage();
    });
    for (const context of contexts) {
      // Live updates send requests at any time, so a routed request may be in progress.
      for (const page of context.pages()) await page.unrouteAll({ behavior: "ignoreErrors" });
      await context.close();
    }
  },

  asSupervisor: async ({ openAs }, use) => use(await openAs("supervisor")),
  asAgent: async ({ openAs }, use) => use(await openAs("agent")),
  asViewer: async ({ openAs }, use) => use(await openAs("viewer")),

  api: async ({ apis }, use) => use(apis.northwind),
  globexApi: async ({ apis }, use) => use(apis.globex),

  make: async ({ apis }, use) => {
    const makers = new Makers(apis.northwind);
    await use(makers);
    await makers.cleanUp();
  },

  editorOf: async ({ messages }, use) => use((page, agentId) => new Editor(page, messages, agentId)),

  messages: async ({ language, timezoneId }, use) =>
    use((area) => readMessages(language, area, timezoneId ?? "UTC")),

  conventions: async ({ language }, use) => use(conventionsOf(language)),
});
