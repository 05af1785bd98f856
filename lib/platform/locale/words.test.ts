import { describe, expect, it } from "vitest";
import type { Language } from "./locales";
import { loadMessages } from "./messages";

type Tree = { [key: string]: string | Tree };

function textsOf(tree: Tree, path = ""): [key: string, text: string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] => {
    const at = path ? `${path}.${key}` : key;
    return typeof value === "string" ? [[at, value]] : textsOf(value, at);
  });
}

/** Banned words per language, and the term to use instead. */
const otherWords: Record<Language, readonly [found: RegExp, chosen: string][]> = {
  en: [
    [/e-mail/i, "email"],
    [/timezone/i, "time zone"],
    [/log ?in\b/i, "sign in"],
    [/\b(?:some|any|every|no)body\b/i, "someone, anyone, everyone, no one"],
    [/'/, "’"],
    [/whoever|anew\b/i, "a plain sentence"],
  ],
  de: [
    [/Zugangsschlüssel|API-Schlüssel/, "Zugriffsschlüssel"],
    [/Tätigkeit/, "Aktivität"],
    [/\bChat/, "Nachrichten"],
    [/\bCtrl/, "Strg"],
    [/Teamleitung|Teamleiter/, "Supervisor"],
    [/Kundschaft/, "Kunden"],
    [/Zeitplan/, "Wochenplan"],
    [/\bVorgabe/, "Standard"],
    [/\berstellt\b/, "angelegt"],
    [/\bVorige/, "Vorherige"],
    [/\bEmail|(?<!E-)\bMail\b/, "E-Mail"],
    [/\bdu\b|\bdein/i, "Sie, Ihr"],
    [/\bGrenze/, "Limit"],
    [/\bschon\b/, "bereits"],
    [/Mitschrift/, "Transkription"],
    [/(?<!an)zeigen\b/, "anzeigen"],
  ],
  ar: [
    [/الاتصالات الهاتفية|^الصوت$/, "المكالمات"],
    [/العطلات/, "العطل"],
    [/الدول[ةه]|دولة/, "البلد"],
    [/برنامج آلي|(?<!رو)بوت/, "روبوت"],
    [/الواجهة البرمجية|واجهة البرمجة/, "واجهة API"],
    [/ملفات المرسلين|ملف المرسل(?!ِ)|ملف مرسل(?!ِ)/, "ملف المرسِل"],
    [/عرض محفوظ/, "طريقة عرض"],
    [/تعليق شخص/, "إيقاف شخص"],
    [/مجدد/, "مرة أخرى"],
    [/تحرير/, "تعديل"],
    [/تعذر/, "تعذّر"],
  ],
};

/** Arabic verbs whose form depends on the gender of the person whose name follows. */
const genderedVerbBefore = /(?:^|\s)(?:أنشأ|غيّر|عاد|أضاف|أزال|يبقى|يمكنه|أوقف|دعا) \{name\}/;

describe.each(Object.keys(otherWords) as Language[])("the messages in %s", (language) => {
  it("contain no banned words", async () => {
    const texts = textsOf((await loadMessages(language)) as unknown as Tree);
    expect(texts.length).toBeGreaterThan(500);
    const wrong = texts.flatMap(([key, text]) =>
      otherWords[language]
        .filter(([found]) => found.test(text))
        .map(([, chosen]) => `${key}: ${text} (instead: ${chosen})`),
    );
    expect(wrong).toEqual([]);
  });
});

it("an Arabic message about a named person has no gendered verb", async () => {
  const texts = textsOf((await loadMessages("ar")) as unknown as Tree);
  expect(texts.filter(([, text]) => genderedVerbBefore.test(text))).toEqual([]);
  expect(genderedVerbBefore.test("أنشأ {name} الوكيل")).toBe(true);
});
