import { databaseTrouble } from "@/lib/platform/database/errors";
import { readCookie } from "@/lib/platform/http/cookies";
import {
  chooseReading,
  directionOf,
  languageCookie,
  themeCookie,
  themeOf,
} from "@/lib/platform/locale/locales";
import ar from "@/lib/platform/locale/messages/ar/broken.json";
import de from "@/lib/platform/locale/messages/de/broken.json";
import en from "@/lib/platform/locale/messages/en/broken.json";
import { outageRetry } from "@/lib/platform/outage";

/** A response that the server sends instead of Next.js's error page. */
export interface Replacement {
  status: number;
  headers: Record<string, string>;
  body: string;
}

type SentHeaders = Readonly<Record<string, string | string[] | undefined>>;

const texts = { ar, de, en };

/**
 * Returns the page shown for a database error, in the language and theme of the request; undefined for other
 * errors. The page needs no script and reloads itself.
 */
export function outagePage(error: unknown, headers: SentHeaders): Replacement | undefined {
  if (databaseTrouble(error) === undefined) return undefined;
  const cookie = textOf(headers.cookie);
  const { language, locale } = chooseReading(
    readCookie(cookie, languageCookie),
    textOf(headers["accept-language"]),
  );
  const theme = themeOf(readCookie(cookie, themeCookie));
  const { outageTitle, outageText, retry } = texts[language];
  const body = `<!DOCTYPE html>
<html lang="${locale}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="${outageRetry}">
<title>${outageTitle}</title>
<style>
:root { color-scheme: ${theme === "system" ? "light dark" : theme}; }
body { margin: 0; font: 15px/1.5 ui-sans-serif, system-ui, sans-serif; background: Canvas; color: CanvasText; }
main { display: flex; flex-direction: column; justify-content: center; align-items: center; gap: 0.75rem;
  box-sizing: border-box; min-height: 100vh; max-width: 28rem; margin: auto; padding: 1.5rem; text-align: center; }
h1 { margin: 0; font-size: 1.25rem; }
p { margin: 0; }
</style>
</head>
<body>
<main>
<h1>${outageTitle}</h1>
<p>${outageText}</p>
<p><a href="">${retry}</a></p>
</main>
</body>
</html>
`;
  return {
    status: 503,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Cache-Control": "no-store",
      "Retry-After": "2",
    },
    body,
  };
}

/** Node.js joins repeated `Cookie` and `Accept-Language` headers to one string. */
const textOf = (value: string | string[] | undefined): string | null =>
  typeof value === "string" ? value : null;
