import {
  type Language,
  languageCookie,
  languages,
  type Theme,
  themeCookie,
} from "@/lib/platform/locale/locales";

/** Keeps a choice of this person in this browser for a year, where the server sees it, too. */
export function keepChoice(name: string, value: string): void {
  const secure = window.location.protocol === "https:" ? "; Secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser that we serve.
  document.cookie = `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
}

/** The look that this person has chosen in this browser. */
export function chosenTheme(): Theme {
  const theme = document.documentElement.dataset.theme;
  return theme === "light" || theme === "dark" ? theme : "system";
}

/** Shows the product in this look from now on. */
export function chooseTheme(theme: Theme): void {
  const { dataset } = document.documentElement;
  if (theme === "system") delete dataset.theme;
  else dataset.theme = theme;
  keepChoice(themeCookie, theme);
}

/** The language that the page is in. */
export const shownLanguage = (): Language | undefined =>
  languages.find((each) => each === document.documentElement.lang.split("-", 1)[0]);

/** Has the product in this language once the page is read again. */
export const chooseLanguage = (language: Language): void => keepChoice(languageCookie, language);
