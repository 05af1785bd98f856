"use client";

import { createContext } from "react";
import type { CityNames } from "@/lib/platform/locale/cities";

/** The names of cities in the reader's language. */
export const CityNamesContext = createContext<CityNames>({});
