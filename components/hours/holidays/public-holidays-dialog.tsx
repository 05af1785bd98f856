"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { PartFailed } from "@/components/shell/part-failed";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Link } from "@/components/ui/link";
import { Skeleton } from "@/components/ui/skeleton";
import { notify } from "@/components/ui/toast";
import { holidayCountriesQuery, publicHolidaysQuery } from "@/lib/hours/public-holidays/client/queries";
import {
  type Candidate,
  candidatesFrom,
  countryOfZone,
  maxHolidays,
} from "@/lib/hours/public-holidays/editing";
import type { Holiday } from "@/lib/hours/schedule/contract";
import { isTimeZone } from "@/lib/platform/time/zone";
import { HolidayChecklist } from "./holiday-checklist";
import { type Place, PlaceFields, wholeCountry } from "./place-fields";

/** Adds a selection of public holidays of a country or region. */
export function PublicHolidaysDialog({
  holidays,
  timezone,
  countryCode,
  onAdd,
  onClose,
}: {
  holidays: readonly Holiday[];
  timezone: string;
  countryCode: string | undefined;
  onAdd: (holidays: Holiday[]) => void;
  onClose: () => void;
}) {
  const t = useTranslations("holidays.public");
  const shared = useTranslations("ui");
  const locale = useLocale();
  const countries = useQuery(holidayCountriesQuery(locale));
  const [place, setPlace] = useState<Place | null>(null);
  /** Checkboxes changed by hand, by candidate. */
  const [ticks, setTicks] = useState<ReadonlyMap<string, boolean>>(new Map());

  const guess = useMemo(() => {
    const codes = countries.data?.map(({ code }) => code) ?? [];
    if (countryCode && codes.includes(countryCode)) return countryCode;
    return isTimeZone(timezone) ? (countryOfZone(timezone, codes) ?? null) : null;
  }, [countries.data, countryCode, timezone]);
  const { country, region } = place ?? { country: guess, region: wholeCountry };

  const query = publicHolidaysQuery(
    country ?? "",
    region === null || region === wholeCountry ? undefined : region,
    locale,
  );
  const found = useQuery({ ...query, enabled: country !== null && region !== null });
  const candidates = useMemo(
    () => candidatesFrom((region !== null && found.data) || [], holidays),
    [found.data, region, holidays],
  );
  const isTicked = (each: Candidate) =>
    each.state !== "listed" && (ticks.get(each.id) ?? (each.isFixed && each.state === "new"));
  const chosen = candidates.filter(isTicked);
  const room = maxHolidays - holidays.length;

  function choosePlace(next: Place) {
    setPlace(next);
    setTicks(new Map());
  }

  function tick(each: readonly Candidate[], isOn: boolean) {
    setTicks(new Map([...ticks, ...each.map(({ id }) => [id, isOn] as const)]));
  }

  function add() {
    onAdd(chosen.map(({ holiday }) => holiday));
    notify({ kind: "success", title: t("added", { count: chosen.length }) });
    onClose();
  }

  const failed = countries.error ? countries : found.error ? found : null;
  return (
    <Dialog
      title={t("title")}
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      footer={
        <>
          {chosen.length > room && (
            <p role="status" className="me-auto text-danger text-sm">
              {t("tooMany", { max: maxHolidays, room })}
            </p>
          )}
          <Button onPress={onClose}>{shared("cancel")}</Button>
          <Button look="primary" isDisabled={chosen.length === 0 || chosen.length > room} onPress={add}>
            {t("add", { count: chosen.length })}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <PlaceFields countries={countries} value={{ country, region }} onChange={choosePlace} />
        {failed ? (
          <PartFailed error={failed.error} onRetry={() => void failed.refetch()} />
        ) : country === null ? (
          countries.isSuccess && <p className="text-muted">{t("chooseCountry")}</p>
        ) : region === null ? (
          <p className="text-muted">{t("chooseRegion")}</p>
        ) : found.isPending ? (
          <div role="status" aria-label={shared("loading")} className="flex flex-col gap-3">
            {[0, 1, 2, 3, 4, 5].map((row) => (
              <Skeleton key={row} className="h-6" />
            ))}
          </div>
        ) : (
          <HolidayChecklist candidates={candidates} isTicked={isTicked} onTick={tick} />
        )}
        <p className="text-muted text-xs">
          {t.rich("source", {
            source: (words) => (
              <Link href="https://github.com/commenthol/date-holidays" target="_blank" rel="noreferrer">
                {words}
              </Link>
            ),
            licence: (words) => (
              <Link
                href="https://creativecommons.org/licenses/by-sa/3.0/"
                target="_blank"
                rel="noreferrer license"
              >
                {words}
              </Link>
            ),
          })}
        </p>
      </div>
    </Dialog>
  );
}
