import {
  type Language,
  languageCookie,
  languages,
  type Theme,
  themeCookie,
} from "@/lib/platform/locale/locales";

/** Saves a preference in a cookie for one year, so that the server sees it too. */
export function keepChoice(name: string, value: string): void {
  const secure = window.location.protocol === "https:" ? "; Secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser that we serve.
  document.cookie = `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
}

export function chosenTheme(): Theme {
  const theme = document.documentElement.dataset.theme;
  return theme === "light" || theme === "dark" ? theme : "system";
}

/** Applies and saves a theme. */
export function chooseTheme(theme: Theme): void {
  const { dataset } = document.documentElement;
  if (theme === "system") delete dataset.theme;
  else dataset.theme = theme;
  keepChoice(themeCookie, theme);
}

export const shownLanguage = (): Language | undefined =>
  languages.find((each) => each === document.documentElement.lang.split("-", 1)[0]);

/** Saves the language. It takes effect on the next page load. */
export const chooseLanguage = (language: Language): void => keepChoice(languageCookie, language);
