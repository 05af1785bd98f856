"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { ComboBox } from "@/components/ui/combo-box";
import { Option } from "@/components/ui/select";
import type { HolidayCountry } from "@/lib/hours/public-holidays/contract";
import { containsFolded } from "@/lib/platform/text/text-folding";

/** The region that stands for the whole country. */
export const wholeCountry = "*";

/** Null means not chosen. */
export interface Place {
  country: string | null;
  region: string | null;
}

/** Chooses a country with public holidays, and one of its regions if it has some. */
export function PlaceFields({
  countries: { data: countries = [], isPending },
  value: { country, region },
  onChange,
  error,
  regionError,
}: {
  countries: Pick<UseQueryResult<HolidayCountry[]>, "data" | "isPending">;
  value: Place;
  onChange: (place: Place) => void;
  /** What is wrong with the country. */
  error?: string | undefined;
  /** What is wrong with the region. */
  regionError?: string | undefined;
}) {
  const t = useTranslations("holidays.public");
  const regions = countries.find(({ code }) => code === country)?.regions ?? [];
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <ComboBox
        label={t("country")}
        error={error}
        items={countries}
        defaultFilter={finderOf(countries)}
        isLoading={isPending}
        // A text typed while the countries load stays, and no country is guessed instead.
        onInputChange={(text) => {
          if (isPending && country === null && text !== "") onChange({ country: null, region: wholeCountry });
        }}
        value={country}
        onChange={(id) => onChange({ country: id === null ? null : String(id), region: wholeCountry })}
      >
        {placeOption}
      </ComboBox>
      {regions.length > 0 && (
        <ComboBox
          label={t("region")}
          error={regionError}
          key={country}
          items={[{ code: wholeCountry, name: t("wholeCountry") }, ...regions]}
          defaultFilter={finderOf(regions)}
          value={region}
          onChange={(id) => onChange({ country, region: id === null ? null : String(id) })}
        >
          {placeOption}
        </ComboBox>
      )}
    </div>
  );
}

interface NamedPlace {
  code: string;
  name: string;
  otherNames?: string[] | undefined;
}

/**
 * Returns a filter that matches places by any of their names, not only by the displayed one that the field
 * passes in.
 */
function finderOf(places: readonly NamedPlace[]): (shown: string, typed: string) => boolean {
  const others = new Map(places.map(({ name, otherNames = [] }) => [name, otherNames]));
  return (shown, typed) => [shown, ...(others.get(shown) ?? [])].some((name) => containsFolded(name, typed));
}

function placeOption({ code, name, otherNames = [] }: NamedPlace) {
  return (
    <Option
      id={code}
      textValue={name}
      // Subdivisions of a region have long names that leave no room for a hint.
      hint={code.includes(".") ? undefined : otherNames[0]}
    >
      {name}
    </Option>
  );
}
