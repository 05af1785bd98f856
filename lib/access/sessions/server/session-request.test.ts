import { describe, expect, it, test } from "vitest";
import {
  checkSessionQuery,
  isDestination,
  readSessionForm,
} from "@/lib/access/sessions/server/session-request";

const ours = "http://rollcall.example";
const post = (body: string, type = "application/x-www-form-urlencoded") =>
  new Request(`${ours}/api/auth/signout`, { method: "POST", body, headers: { "Content-Type": type } });

test.each([
  ["/agents?q=1", true],
  ["http://rollcall.example/agents", true],
  ["https://evil.example/", true],
  ["", true],
  ["http://[", false],
  ["http://", false],
  ["//[", false],
  ["http://rollcall.example:3000.evil.example/", false],
  ["javascript:alert(1)", false],
  ["agents", false],
])("isDestination(%s) is %s", (address, wanted) => expect(isDestination(address, ours)).toBe(wanted));

describe("readSessionForm", () => {
  it("returns all fields", async () => {
    const form = await readSessionForm(post("email=a%40b&email=c&callbackUrl=%2Fsign-in"), ours);
    expect([...form]).toEqual([
      ["email", "a@b"],
      ["email", "c"],
      ["callbackUrl", "/sign-in"],
    ]);
  });

  it.each([
    ["application/json", '{"email":{}}', "UnsupportedMediaType"],
    ["text/plain", "email=a", "UnsupportedMediaType"],
    ["application/x-www-form-urlencoded", "callbackUrl=http://[&callbackUrl=/", "BadRequest"],
    ["application/x-www-form-urlencoded", "callbackUrl=/&callbackUrl=agents", "BadRequest"],
  ])("rejects %s with %s", async (type, body, code) => {
    await expect(readSessionForm(post(body, type), ours)).rejects.toMatchObject({ code });
  });
});

test.each(["error=a%0d%0aX:1", "error=%E2%82%AC", "callbackUrl=http://[", "callbackUrl=/&callbackUrl=x"])(
  "checkSessionQuery rejects ?%s",
  (query) =>
    expect(() => checkSessionQuery(new URLSearchParams(query), ours)).toThrow(
      expect.objectContaining({ code: "InvalidQuery" }),
    ),
);

test("checkSessionQuery accepts other queries of next-auth", () => {
  checkSessionQuery(new URLSearchParams("error=CredentialsSignin&callbackUrl=%2Fme&csrf=true"), ours);
});
