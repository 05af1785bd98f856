"use client";

import { createContext } from "react";
import type { CityNames } from "@/lib/platform/locale/cities";

/** City names in the reader's language. */
export const CityNamesContext = createContext<CityNames>({});
