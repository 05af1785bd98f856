import type { Page } from "@playwright/test";
import type { DemoRole } from "../testing/demo-accounts";

/** A page that is shown in docs/screenshots. */
export interface ShownPage {
  /** Begins the names of its pictures. */
  name: string;
  path: string;
  /** Who looks at it; left out: nobody is signed in. */
  as?: DemoRole;
  /** What is done on the page before the picture is taken: a menu opened, a row selected. */
  steps?: (page: Page) => Promise<void>;
}

/** The pages to show. A new one is a line here, then `npm run screenshots`. */
export const shownPages: readonly ShownPage[] = [
  { name: "sign-in", path: "/sign-in" },
  {
    name: "docs",
    path: "/docs",
    steps: (page) => page.getByText("Agents", { exact: true }).first().waitFor(),
  },
];
