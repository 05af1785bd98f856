"use client";

import { useOutage } from "@/components/shell/use-outage";
import { chooseReading, directionOf } from "@/lib/platform/locale/locales";
import ar from "@/lib/platform/locale/messages/ar/broken.json";
import de from "@/lib/platform/locale/messages/de/broken.json";
import en from "@/lib/platform/locale/messages/en/broken.json";
import "./globals.css";

const texts = { ar, de, en };

/** The error boundary for the root layout. It must not depend on any provider. */
export default function GlobalError({
  error,
  retry: onRetry,
}: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  const { language, locale } = chooseReading(
    undefined,
    typeof navigator === "undefined" ? null : navigator.languages.join(","),
  );
  const { title, text, outageTitle, outageText, retry } = texts[language];
  const isOutage = useOutage(error, onRetry);
  return (
    <html lang={locale} dir={directionOf(language)}>
      <body>
        <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center gap-3 px-6">
          <h1 className="font-semibold text-2xl">{isOutage ? outageTitle : title}</h1>
          <p className="text-muted">{isOutage ? outageText : text}</p>
          <p>
            <button
              type="button"
              onClick={onRetry}
              className="rounded-md bg-accent px-3 py-2 font-medium text-on-accent"
            >
              {retry}
            </button>
          </p>
        </main>
      </body>
    </html>
  );
}
