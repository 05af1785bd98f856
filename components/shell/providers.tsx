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
        // An answer that says no says it again; what did not arrive is worth another try.
        retry: (count, error) =>
          count < 2 && (!(error instanceof RequestError) || error.status === 0 || error.status >= 500),
      },
      // A write is sent when it is made or fails there and then: the page says so and keeps what was typed.
      mutations: { networkMode: "always" },
    },
  });
}

/** What every page stands on: the reader's language, the cache of what the API answered, links without a reload, notes. */
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
  /** The server's zone data. */
  zones: BriefZones;
  children: ReactNode;
}) {
  const [client] = useState(createQueryClient);
  // Before anything below asks for a time. A server has more of the data than what it sends.
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
