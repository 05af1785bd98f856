import type { DemoRole } from "../scripts/testing/demo-accounts";

/** A page with a budget for its scripts. */
export interface WatchedPage {
  name: string;
  path: string;
  /** The signed-in user; defaults to none. */
  as?: DemoRole;
  /** Maximum gzipped bytes of scripts besides the framework's. */
  mostScript: number;
}

const kilobyte = 1000;

/**
 * Pages that `npm run bench:ui` measures. e2e/ui/pages/budgets.page.ts enforces the budgets: the goals of the
 * agents page and the board, and about 1 % above the current size for the others. My work loads its dialog
 * of offers only while there is an offer, and has room for it.
 */
export const watchedPages: readonly WatchedPage[] = [
  { name: "sign-in", path: "/sign-in", mostScript: 67 * kilobyte },
  { name: "agents", path: "/w/northwind/agents", as: "supervisor", mostScript: 200 * kilobyte },
  { name: "board", path: "/w/northwind/board", as: "supervisor", mostScript: 150 * kilobyte },
  { name: "queue", path: "/w/northwind/queue", as: "supervisor", mostScript: 160 * kilobyte },
  { name: "my profile", path: "/me", as: "agent", mostScript: 263 * kilobyte },
  { name: "my schedule", path: "/me?tab=schedule", as: "agent", mostScript: 314 * kilobyte },
  { name: "my work", path: "/w/northwind/my-work", as: "agent", mostScript: 186 * kilobyte },
  { name: "teams", path: "/w/northwind/settings/teams", as: "supervisor", mostScript: 224 * kilobyte },
];
