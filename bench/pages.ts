import type { DemoRole } from "../scripts/testing/demo-accounts";

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
 * The pages that `npm run bench:ui` measures and whose budgets e2e/ui/pages/budgets.page.ts checks. The budget of the agents is a
 * goal that is kept, not what happens to be: whoever brings more has to find what to load later. Of the others it is what
 * the page weighs today and a little more.
 */
export const watchedPages: readonly WatchedPage[] = [
  { name: "sign-in", path: "/sign-in", mostScript: 84 * kilobyte },
  { name: "agents", path: "/w/northwind/agents", as: "supervisor", mostScript: 200 * kilobyte },
  { name: "my profile", path: "/me", as: "agent", mostScript: 268 * kilobyte },
  { name: "my schedule", path: "/me?tab=schedule", as: "agent", mostScript: 302 * kilobyte },
  { name: "teams", path: "/w/northwind/settings/teams", as: "supervisor", mostScript: 224 * kilobyte },
];
