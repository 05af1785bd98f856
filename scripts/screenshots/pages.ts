import type { Page } from "@playwright/test";
import type { DemoRole } from "../testing/demo-accounts";

/** A page in docs/screenshots. */
export interface ShownPage {
  /** Prefix of its file names. */
  name: string;
  path: string;
  /** The signed-in user; defaults to none. */
  as?: DemoRole;
  /** Steps before the screenshot, such as opening a menu. */
  steps?: (page: Page) => Promise<void>;
}

const home = "/w/northwind";

/** Selects the first three agents, in the table or, on a phone, in the cards. */
async function selectThree(page: Page): Promise<void> {
  const boxes = page.getByRole("main").getByRole("checkbox");
  const first = (await boxes.count()) > 0 && (await boxes.first().isVisible()) ? 1 : 0;
  for (let row = first; row < first + 3; row += 1) await boxes.nth(row).click({ force: true });
}

const tab = (name: string): ShownPage => ({ name: `me-${name}`, path: `/me?tab=${name}`, as: "agent" });
const settings = (name: string): ShownPage => ({
  name: `settings-${name}`,
  path: `${home}/settings/${name}`,
  as: "supervisor",
});

/** The pages to show. To add one, add a line here and run `npm run screenshots`. */
export const shownPages: readonly ShownPage[] = [
  { name: "sign-in", path: "/sign-in" },
  { name: "board", path: `${home}/board`, as: "supervisor" },
  { name: "board-full-screen", path: `${home}/board?screen=full`, as: "supervisor" },
  { name: "queue", path: `${home}/queue`, as: "supervisor" },
  { name: "planner", path: `${home}/planner`, as: "supervisor" },
  { name: "coverage", path: `${home}/coverage?by=team&length=day`, as: "supervisor" },
  { name: "time-off", path: `${home}/time-off`, as: "supervisor" },
  { name: "my-work", path: `${home}/my-work`, as: "agent" },
  { name: "agents", path: `${home}/agents`, as: "supervisor" },
  {
    name: "agents-filtered",
    path: `${home}/agents?status=active,away&hours=in&sort=assignedCount&reverse=true`,
    as: "supervisor",
  },
  { name: "agents-selected", path: `${home}/agents`, as: "supervisor", steps: selectThree },
  {
    name: "palette",
    path: `${home}/agents`,
    as: "supervisor",
    steps: async (page) => {
      await page.keyboard.press("ControlOrMeta+k");
      await page.getByRole("dialog").getByRole("searchbox").fill("mar");
      await page.getByRole("option", { name: "Marcus Adeyemi" }).waitFor();
    },
  },
  {
    name: "agent",
    path: `${home}/agents?q=benchekroun`,
    as: "supervisor",
    steps: async (page) => {
      await page.getByRole("link", { name: "Abdelhak Benchekroun" }).first().click();
      await page.getByRole("tabpanel").getByRole("textbox").first().waitFor();
    },
  },
  {
    name: "settings-team",
    path: `${home}/settings/teams`,
    as: "supervisor",
    steps: async (page) => {
      await page.getByRole("main").getByRole("link").first().click();
      await page.getByRole("dialog").getByRole("textbox").first().waitFor();
    },
  },
  { name: "forbidden", path: `${home}/settings/people`, as: "viewer" },
  { name: "supervisor", path: "/me", as: "supervisor" },
  { name: "supervisor-history", path: "/me?tab=history", as: "supervisor" },
  { name: "me", path: "/me", as: "agent" },
  tab("availability"),
  tab("schedule"),
  tab("holidays"),
  tab("timeOff"),
  tab("skills"),
  tab("voice"),
  tab("workload"),
  ...[
    "teams",
    "skills",
    "capacity",
    "roles",
    "senders",
    "availability",
    "presets",
    "shifts",
    "rotations",
    "holiday-calendars",
    "queues",
    "people",
    "access-keys",
  ].map(settings),
  { name: "not-found", path: `${home}/nothing`, as: "supervisor" },
  {
    name: "docs",
    path: "/docs",
    steps: (page) => page.getByText("Agents", { exact: true }).first().waitFor(),
  },
];
