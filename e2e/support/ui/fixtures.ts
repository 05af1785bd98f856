import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import { type SessionCookie, signInByRequest } from "@/scripts/testing/browser-session";
import type { DemoRole } from "@/scripts/testing/demo-accounts";
import { type Api, openApi } from "./api";
import { Editor } from "./editor";
import { type Account, accountOf, baseUrl } from "./environment";
import { completeFirefox } from "./firefox";
import { Guard } from "./guard";
import { waitForHydration } from "./hydration";
import { recordLayoutShifts } from "./layout";
import { type Language, type Messages, readMessages } from "./messages";
import { Makers } from "./people";

export { expectAccessible } from "./accessibility";
export { pressBox } from "./checkbox";
export { hydrated } from "./hydration";
export { tabBackTo, tabTo } from "./keyboard";
export { expectFitsWindow, expectNoLayoutShift, expectNoSidewaysScroll, settled, windows } from "./layout";
export { expectMirrored } from "./mirror";
export { expect };

/** What a project of playwright.config.ts may say besides Playwright's own options. */
export interface BrowserOptions {
  /** The language that the person has chosen in the product. */
  language: Language;
}

/** What every test may ask for. */
interface TestFixtures {
  /** What pages complain about fails the test; here it announces what it causes on purpose. */
  guard: Guard;
  /**
   * Opens a page in a browser of its own: signed in as somebody of the demo data or of the test's own, or as nobody.
   * Each call is another browser that knows nothing of the others.
   */
  openAs: (who?: DemoRole | Account) => Promise<Page>;
  /** A page of Northwind's supervisor. */
  asSupervisor: Page;
  /** A page of an agent of Northwind. All tests share their profile: a test that changes one makes a member. */
  asAgent: Page;
  /** A page of somebody in Northwind who may only look. */
  asViewer: Page;
  /** The API of Northwind, with all permissions. */
  api: Api;
  /** The API of Globex, with all permissions. */
  globexApi: Api;
  /** Makes agents and people of Northwind for this test alone. */
  make: Makers;
  /** The profile editor of an agent on a page; it writes down what that page sends from here on. */
  editorOf: (page: Page, agentId: string) => Editor;
  /** The texts of an area in this project's language. */
  messages: (area: string) => Messages;
}

interface WorkerFixtures {
  /** The cookies of an account, signed in once a worker. */
  sessionOf: (account: Account) => Promise<SessionCookie[]>;
  apis: { northwind: Api; globex: Api };
}

/** Where the product keeps the language that somebody has chosen. */
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

  // For every test: one that does not ask for it must not get away with anything.
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

  // Asks for `make` only so that pages are closed before what they show is removed: they read it again now and then.
  openAs: async ({ browser, language, guard, sessionOf, make: _make }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (who) => {
      // A context made here has the project's options, such as its time zone, too.
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
    for (const context of contexts) await context.close();
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
});
