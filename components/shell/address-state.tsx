"use client";

import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";

/**
 * Around whatever keeps its state in the address by the hooks of nuqs. Not around every page: the list of agents writes its
 * address by useSearchString, and is spared their weight.
 */
export function AddressState({ children }: { children: ReactNode }) {
  return <NuqsAdapter>{children}</NuqsAdapter>;
}
