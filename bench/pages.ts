import type { DemoRole } from "../scripts/testing/demo-accounts";

/** A page with a budget. */
export interface WatchedPage {
  name: string;
  path: string;
  /** Role to sign in with; signed out if omitted. */
  as?: DemoRole;
  /** Maximum size of scripts, gzipped, in bytes, not counting the framework. */
  mostScript: number;
}

const kilobyte = 1000;

/**
 * The pages that `npm run bench:ui` measures and e2e/ui/pages/budgets.page.ts checks. The budget of the agent
 * list is a fixed goal: to exceed it, lazy-load something else. The other budgets are the current size plus a
 * margin.
 */
export const watchedPages: readonly WatchedPage[] = [
  { name: "sign-in", path: "/sign-in", mostScript: 84 * kilobyte },
  { name: "agents", path: "/w/northwind/agents", as: "supervisor", mostScript: 200 * kilobyte },
  { name: "my profile", path: "/me", as: "agent", mostScript: 268 * kilobyte },
  { name: "my schedule", path: "/me?tab=schedule", as: "agent", mostScript: 302 * kilobyte },
  { name: "teams", path: "/w/northwind/settings/teams", as: "supervisor", mostScript: 224 * kilobyte },
];
