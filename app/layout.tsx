import type { Metadata, Viewport } from "next";
import { connection } from "next/server";
import type { ReactNode } from "react";
import { Providers } from "@/components/shell/providers";
import { loadCityNames } from "@/lib/platform/locale/cities";
import { directionOf } from "@/lib/platform/locale/locales";
import { loadMessages } from "@/lib/platform/locale/messages";
import { getReading, getTheme } from "@/lib/platform/locale/server/reading";
import { getServices } from "@/lib/services";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Rollcall", template: "%s · Rollcall" },
  description: "Who can take the next conversation?",
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fafafb" },
    { media: "(prefers-color-scheme: dark)", color: "#0f1012" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Opts out of static rendering: a page built ahead of time cannot contain the CSP nonce.
  await connection();
  const [reading, theme] = await Promise.all([getReading(), getTheme()]);
  const [messages, cities] = await Promise.all([
    loadMessages(reading.language),
    loadCityNames(reading.language),
  ]);
  return (
    <html
      lang={reading.locale}
      dir={directionOf(reading.language)}
      data-theme={theme === "system" ? undefined : theme}
      data-scroll-behavior="smooth"
    >
      <body>
        <Providers reading={reading} messages={messages} cities={cities} zones={getServices().zones.brief}>
          {children}
        </Providers>
      </body>
    </html>
  );
}
