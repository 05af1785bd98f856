import { useCallback, useContext } from "react";
import { CityNamesContext } from "@/components/shell/city-names";
import { currentZoneId } from "@/lib/platform/time/format";
import { cityOf } from "./zone-names";

/** What the reader calls the city that a zone is named after. */
export function useCityOf(): (timezone: string) => string {
  const names = useContext(CityNamesContext);
  return useCallback((timezone) => names[currentZoneId(timezone)] ?? cityOf(timezone), [names]);
}
