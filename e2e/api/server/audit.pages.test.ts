import { expect, it, vi } from "vitest";
import { call, raw } from "@/e2e/support/api/client";
import { makePerson, makeWorkspace, sessionCookie } from "@/e2e/support/api/fixtures";
import type { AuditPage } from "@/lib/records/audit/contract";

it("a browser sign-in is recorded, successful or not, with the browser's IP address", async () => {
  const here = await makeWorkspace();
  const person = await makePerson(here.id, { name: "Bea" });
  await sessionCookie(person);
  const { body, headers } = await raw("/api/auth/csrf");
  await raw("/api/auth/callback/credentials", {
    method: "POST",
    headers: {
      "Content-Type": "application/x-www-form-urlencoded",
      Cookie: headers
        .getSetCookie()
        .map((line) => line.split(";")[0])
        .join("; "),
    },
    body: new URLSearchParams({
      csrfToken: String(body.csrfToken),
      email: person.email,
      password: "not the password",
      json: "true",
    }).toString(),
  });
  await vi.waitFor(
    async () => {
      const { body: page } = await call<AuditPage>("listAuditEvents", {
        params: { workspaceId: here.id },
        query: { actions: "session.started", actorId: person.id },
        as: here.supervisor.auth,
      });
      const actor = { kind: "user", id: person.id, name: "Bea" };
      const address = expect.stringMatching(/^(::ffff:)?127\.0\.0\.1$|^::1$/);
      expect(page.results).toMatchObject([
        { action: "session.started", outcome: "refused", actor, address },
        { action: "session.started", outcome: "ok", actor, address },
      ]);
    },
    { timeout: 60_000, interval: 200 },
  );
});
