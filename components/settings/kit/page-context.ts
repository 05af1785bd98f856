"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { PanelState } from "./panel-state";

interface ResourcePage {
  panel: PanelState;
  /** Opens a dialog above the page, which stays open when the panel closes. */
  show: (dialog: ReactNode) => void;
  /** Closes that dialog. */
  close: () => void;
}

const PageContext = createContext<ResourcePage | undefined>(undefined);

export const PageProvider = PageContext.Provider;

/** Returns the current settings page. */
export function usePage(): ResourcePage {
  const page = useContext(PageContext);
  if (!page) throw new Error("usePage() outside of a resource page");
  return page;
}
