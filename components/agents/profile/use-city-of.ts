import { useCallback, useContext } from "react";
import { CityNamesContext } from "@/components/shell/city-names";
import { currentZoneId } from "@/lib/platform/time/format";
import { cityOf } from "./zone-names";

/** Returns a function that gives the city of a time zone in the reader's language. */
export function useCityOf(): (timezone: string) => string {
  const names = useContext(CityNamesContext);
  return useCallback((timezone) => names[currentZoneId(timezone)] ?? cityOf(timezone), [names]);
}
