"use client";

import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";

/**
 * Provides nuqs to pages that keep state in the URL. Not used for all pages: the agent list uses
 * `useSearchString` instead and does not load nuqs.
 */
export function AddressState({ children }: { children: ReactNode }) {
  return <NuqsAdapter>{children}</NuqsAdapter>;
}
