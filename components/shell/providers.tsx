"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { I18nProvider, RouterProvider } from "react-aria-components";
import { IntlProvider } from "use-intl";
import { ToastRegion } from "@/components/ui/toast";
import { RequestError } from "@/lib/http/client";
import type { Reading } from "@/lib/locale/locales";
import type { Messages } from "@/lib/locale/messages";
import { leaveFor } from "./leave-guard";

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

const inBrowser = typeof window !== "undefined";

/** The time zone of whoever looks; on the server, which can't know it, UTC. */
const viewerZone = inBrowser ? Intl.DateTimeFormat().resolvedOptions().timeZone : "UTC";

/** What every page stands on: the reader's language, the cache of what the API answered, links without a reload, notes. */
export function Providers({
  reading,
  messages,
  children,
}: {
  reading: Reading;
  messages: Messages;
  children: ReactNode;
}) {
  const [client] = useState(createQueryClient);
  const router = useRouter();
  return (
    <IntlProvider locale={reading.locale} messages={messages} timeZone={viewerZone}>
      <I18nProvider locale={reading.locale}>
        <RouterProvider navigate={(href) => leaveFor(href, () => router.push(href))}>
          <QueryClientProvider client={client}>
            {children}
            <ToastRegion />
          </QueryClientProvider>
        </RouterProvider>
      </I18nProvider>
    </IntlProvider>
  );
}
