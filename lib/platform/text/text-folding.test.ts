import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldText, wordsOf } from "@/lib/platform/text/text-folding";

describe("foldText", () => {
  it.each([
    ["Jürgen Groß", "jurgen gross"],
    ["GROẞ", "gross"],
    ["Søren Łukasz Đurđa", "soren lukasz durda"],
    ["Ærø Œuvre Þórður", "aero oeuvre thordur"],
    ["İstanbul Işık", "istanbul isik"],
    ["Ångström Ħal Ŧ Ŋ", "angstrom hal t n"],
    ["Nguyễn Thị Ánh", "nguyen thi anh"],
    ["Ёлкин Йовович", "елкин иовович"],
    ["Οδυσσεύς ΟΔΥΣΣΕΎΣ", "οδυσσευσ οδυσσευσ"],
    ["أَحْمَد آدم", "احمد ادم"],
    ["שָׁלוֹם", "שלום"],
    ["王芳 김민준", "王芳 김민준"],
    ["が ガ", "が ガ"],
    ["हिन्दी", "हिन्दी"],
    ["👩‍👩‍👧 🇩🇪", "👩‍👩‍👧 🇩🇪"],
    ["", ""],
    ["O’Brien O‘Brien O´Brien O`Brien OʼBrien O＇Brien", "o'brien o'brien o'brien o'brien o'brien o'brien"],
    ["“Ada” „Ada“ «Ada»", '"ada" "ada" "ada"'],
    ["Anne\u2011Marie Anne–Marie Anne−Marie", "anne-marie anne-marie anne-marie"],
    ["Anna\u00a0Maria  Bell\u202f\u3000Cruz\tDiaz", "anna maria bell cruz diaz"],
    ["An\u00adna\u200b \u2066Bell\u2069\ufeff", "anna bell"],
    ["إيمان آمال ٱلله أحمد", "ايمان امال الله احمد"],
    ["فاطمة مصطفى", "فاطمه مصطفي"],
    ["محـــمد", "محمد"],
    ["مُحَمَّد", "محمد"],
    ["علی کریم", "علي كريم"],
    ["رؤى مسؤول شيئ", "روي مسوول شيي"],
    ["ﷲ ﻻ ﺁ", "الله لا ا"],
    ["فريق ٣ ۴", "فريق 3 4"],
    ["Ａｎｎａ　Ｂｅｌｌ １２", "anna bell 12"],
    ["ｶﾞｽ ﾊﾟﾘ", "ガス パリ"],
    ["ﬁrst ℌ № ²", "first h no 2"],
    ["𝐀𝐧𝐧𝐚", "anna"],
    ["בן־גוריון צ׳ פלי״ס", "בן-גוריון צ' פלי\"ס"],
  ])("folds %s to %s", (text, folded) => {
    expect(foldText(text)).toBe(folded.normalize("NFC"));
  });

  it("gives the same result for composed and decomposed accents", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(foldText(text.normalize("NFD"))).toBe(foldText(text.normalize("NFC")));
      }),
    );
  });

  it("is idempotent for texts", () => {
    for (const unit of ["grapheme", "binary"] as const)
      fc.assert(
        fc.property(fc.string({ unit }), (text) => {
          const folded = foldText(text);
          expect(foldText(folded)).toBe(folded);
        }),
        { numRuns: 300 },
      );
  });

  it("is idempotent for every single character", () => {
    const changing: string[] = [];
    for (let code = 0; code <= 0x10ffff; code++) {
      const text = String.fromCodePoint(code);
      if (/\p{Surrogate}|\p{Unassigned}|\p{Private_Use}/u.test(text)) continue;
      const folded = foldText(text);
      if (foldText(folded) !== folded) changing.push(code.toString(16));
    }
    expect(changing).toEqual([]);
  });

  it("folds upper and lower case alike in every alphabet with case", () => {
    const letters = "abcxyzäöüßéñçłøåæœđþğışабвгдёйжΑΒΓΔΣάέήώσςאבגبتث王".split("");
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...letters) }), (text) => {
        expect(foldText(text.toUpperCase())).toBe(foldText(text));
      }),
    );
  });

  it("keeps a part of a name findable in the name", () => {
    const letters = "abcäéßøłïΣσςабё أَمé王’'-–\u2011\u00a0 ةىـＡ".split("");
    const word = fc.string({ unit: fc.constantFrom(...letters) });
    fc.assert(
      fc.property(word, word, word, (before, part, after) => {
        expect(foldText(before + part + after)).toContain(foldText(part));
      }),
    );
  });
});

describe("wordsOf", () => {
  it("returns the distinct folded words in order", () => {
    expect(wordsOf("  Schmidt\tÁnna schmidt ")).toEqual(["schmidt", "anna"]);
    expect(wordsOf("anna.schmidt2@example.com")).toEqual(["anna.schmidt2@example.com"]);
  });

  it("returns none for a text without words", () => {
    expect(wordsOf("")).toEqual([]);
    expect(wordsOf(" \n ")).toEqual([]);
  });
});
