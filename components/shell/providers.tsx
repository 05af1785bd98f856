"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { I18nProvider, RouterProvider } from "react-aria-components";
import { IntlProvider } from "use-intl";
import { endUndos, ToastRegion } from "@/components/ui/toast";
import { changes } from "@/lib/platform/client/changes";
import { RequestError } from "@/lib/platform/client/client";
import type { CityNames } from "@/lib/platform/locale/cities";
import type { Reading } from "@/lib/platform/locale/locales";
import type { Messages } from "@/lib/platform/locale/messages";
import { type BriefZones, readBriefZones } from "@/lib/platform/time/brief-zones";
import { hasZones, provideZones } from "@/lib/platform/time/zone-table";
import { CityNamesContext } from "./city-names";
import { leaveFor } from "./leave-guard";
import { viewerZone } from "./time";

function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        // A refused request would be refused again; retry only network errors.
        retry: (count, error) =>
          count < 2 && (!(error instanceof RequestError) || error.status === 0 || error.status >= 500),
      },
      // Send writes immediately even when offline, so that they fail now and the page keeps the input,
      // instead of being queued.
      mutations: { networkMode: "always" },
    },
  });
}

/** The providers for all pages: language, query cache, client-side links, toasts. */
export function Providers({
  reading,
  messages,
  cities,
  zones,
  children,
}: {
  reading: Reading;
  messages: Messages;
  cities: CityNames;
  zones: BriefZones;
  children: ReactNode;
}) {
  const [client] = useState(createQueryClient);
  // Must run before any child formats a time. The server already has the full zone data.
  const [timeZone] = useState(() => {
    if (!hasZones()) provideZones(readBriefZones(zones));
    return viewerZone();
  });
  const router = useRouter();
  useEffect(() => changes.subscribe(endUndos), []);
  return (
    <IntlProvider locale={reading.locale} messages={messages} timeZone={timeZone}>
      <I18nProvider locale={reading.locale}>
        <RouterProvider navigate={(href) => leaveFor(href, () => router.push(href))}>
          <QueryClientProvider client={client}>
            <CityNamesContext value={cities}>{children}</CityNamesContext>
            <ToastRegion />
          </QueryClientProvider>
        </RouterProvider>
      </I18nProvider>
    </IntlProvider>
  );
}
