import { expect, it } from "vitest";
import { emailParts } from "./email-parts";

it("emailParts splits an address before @ and each dot only", () => {
  expect(emailParts("anna.schmidt2@mail.northwind-traders.example")).toEqual([
    "anna",
    ".schmidt2",
    "@mail",
    ".northwind-traders",
    ".example",
  ]);
  expect(emailParts("plain")).toEqual(["plain"]);
});
