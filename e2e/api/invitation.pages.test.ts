import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { InvitedUser } from "@/lib/access/people/contract";
import { call, raw } from "./client";
import { makeWorkspace, managedRole } from "./fixtures";

test("the page of an invitation names the address, and says when the link is good no more", async () => {
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
