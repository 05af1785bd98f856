import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { call, raw } from "@/e2e/support/api/client";
import { makeWorkspace, managedRole } from "@/e2e/support/api/fixtures";
import type { InvitedUser } from "@/lib/access/people/contract";

test("the invitation page shows the email, and a message once the link has expired", async () => {
  const workspace = await makeWorkspace();
  const email = `${randomUUID()}@invited.example`;
  const invited = await call<InvitedUser>("inviteUser", {
    params: { workspaceId: workspace.id },
    as: workspace.supervisor.auth,
    body: { email, roleIds: [managedRole("Agent")] },
  });
  expect(invited.status).toBe(201);
  const page = await raw(new URL(invited.body.inviteUrl ?? "").pathname);
  expect(page.status).toBe(200);
  expect(String(page.body.text)).toContain(email);
  expect(page.headers.get("referrer-policy")).toBe("no-referrer");
  const gone = await raw("/invite/nothing");
  expect(String(gone.body.text)).toContain("no longer works");
});
