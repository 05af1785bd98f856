import { expect, it } from "vitest";
import { emailParts } from "./email-parts";

it("an address may break before its @ and its dots, and nowhere else", () => {
  expect(emailParts("anna.schmidt2@mail.northwind-traders.example")).toEqual([
    "anna",
    ".schmidt2",
    "@mail",
    ".northwind-traders",
    ".example",
  ]);
  expect(emailParts("plain")).toEqual(["plain"]);
});
