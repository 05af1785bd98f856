import type { DemoRole } from "../testing/demo-accounts";

/** A page whose weight is watched. */
export interface WatchedPage {
  name: string;
  path: string;
  /** Who looks at it; left out: nobody is signed in. */
  as?: DemoRole;
  /** How many bytes of script, gzipped, the page may load beyond the framework's own. */
  mostScript: number;
}

const kilobyte = 1000;

/**
 * The pages that `npm run bench:ui` measures and whose budgets e2e/ui/budgets.page.ts checks. A budget is what the page weighs
 * today and a little more; the goal for the list of agents is 200 KB.
 */
export const watchedPages: readonly WatchedPage[] = [
  { name: "sign-in", path: "/sign-in", mostScript: 90 * kilobyte },
  { name: "agents", path: "/w/northwind/agents", as: "supervisor", mostScript: 275 * kilobyte },
  { name: "my profile", path: "/me", as: "agent", mostScript: 290 * kilobyte },
  { name: "my schedule", path: "/me?tab=schedule", as: "agent", mostScript: 320 * kilobyte },
  { name: "teams", path: "/w/northwind/settings/teams", as: "supervisor", mostScript: 240 * kilobyte },
];
