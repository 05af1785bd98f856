import { expect, test } from "vitest";
import { readRequest } from "./create-workspace";

test("reads name and email and derives the slug from the name", () => {
  expect(readRequest(["--name", "Acme & Söhne GmbH", "--email", "boss@acme.example"])).toEqual({
    name: "Acme & Söhne GmbH",
    slug: "acme-s-hne-gmbh",
    timezone: "UTC",
    email: "boss@acme.example",
  });
  expect(
    readRequest(["--name", "山", "--email", "a@b.example", "--slug", "yama", "--timezone", "Asia/Tokyo"]),
  ).toMatchObject({ slug: "yama", timezone: "Asia/Tokyo" });
});

test("explains the usage if the arguments can't be read", () => {
  for (const words of [[], ["--name", "Acme"], ["--email", "a@b.example"], ["--colour", "red"], ["acme"]])
    expect(() => readRequest(words)).toThrow(/npm run workspace:create/);
  expect(() => readRequest(["--name", "山", "--email", "a@b.example"])).toThrow(/--slug/);
});
