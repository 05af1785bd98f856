import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it, test } from "vitest";
import { type Answer, call } from "@/e2e/support/api/client";
import {
  expectRefusal,
  makeKey,
  makeMember,
  makePerson,
  makeRole,
  makeWorkspace,
  managedRole,
  sql,
  type TestWorkspace,
  token,
} from "@/e2e/support/api/fixtures";
import type { InvitedUser, User } from "@/lib/access/people/contract";
import { type Permission, permissions } from "@/lib/platform/security/permissions";

let here: TestWorkspace;
beforeAll(async () => {
  here = await makeWorkspace();
});

const others = (...lacking: Permission[]) => permissions.filter((each) => !lacking.includes(each));

/** Returns the `Authorization` value of a person with these permissions. */
const holding = async (...held: Permission[]) =>
  (await makeKey(here.id, { roleId: await makeRole(here.id, held) })).auth;

const newAddress = () => `${randomUUID()}@invited.example`;
const inWorkspace = (params: Record<string, string> = {}) => ({ workspaceId: here.id, ...params });

/** Creates a person with this role, invited by a supervisor. */
async function invited(roleId: string): Promise<string> {
  const { body } = await call<InvitedUser>("inviteUser", {
    params: inWorkspace(),
    as: here.supervisor.auth,
    body: { email: newAddress(), roleIds: [roleId] },
  });
  return body.id;
}

const person = async (roleIds: string[], status: "active" | "suspended" = "active") =>
  (await makePerson(here.id, { roles: roleIds, status })).id;

type Attempt = (as: string) => Promise<Answer<unknown>>;
const operations = {
  user: (id: Parameters<typeof call>[0], userId: string, body?: unknown): Attempt => {
    return (as) => call(id, { params: inWorkspace({ userId }), as, ...(body ? { body } : {}) });
  },
  role: (id: Parameters<typeof call>[0], roleId: string, body?: unknown): Attempt => {
    return (as) => call(id, { params: inWorkspace({ roleId }), as, ...(body ? { body } : {}) });
  },
  key: (id: Parameters<typeof call>[0], accessKeyId: string, body?: unknown): Attempt => {
    return (as) => call(id, { params: inWorkspace({ accessKeyId }), as, ...(body ? { body } : {}) });
  },
  create: (id: Parameters<typeof call>[0], body: unknown): Attempt => {
    return (as) => call(id, { params: inWorkspace(), as, body });
  },
};

/** Every action on a person, role or key, with the permission it requires. */
const attempts: Record<
  string,
  { needs: Permission; prepare: (theirs: Permission, plain: Permission) => Promise<Attempt> }
> = {
  "inviting somebody as": {
    needs: "people.write",
    prepare: async (theirs) =>
      operations.create("inviteUser", { email: newAddress(), roleIds: [await makeRole(here.id, [theirs])] }),
  },
  "resending the invitation of": {
    needs: "people.write",
    prepare: async (theirs) =>
      operations.user("resendInvitation", await invited(await makeRole(here.id, [theirs]))),
  },
  "withdrawing the invitation of": {
    needs: "people.write",
    prepare: async (theirs) =>
      operations.user("deleteUser", await invited(await makeRole(here.id, [theirs]))),
  },
  "resetting the password of": {
    needs: "people.write",
    prepare: async (theirs) =>
      operations.user("createPasswordReset", await person([await makeRole(here.id, [theirs])])),
  },
  "giving a role with": {
    needs: "people.write",
    prepare: async (theirs, plain) =>
      operations.user("patchUser", await person([await makeRole(here.id, [plain])]), {
        roleIds: [await makeRole(here.id, [theirs])],
      }),
  },
  "taking the role away from": {
    needs: "people.write",
    prepare: async (theirs, plain) =>
      operations.user("patchUser", await person([await makeRole(here.id, [theirs])]), {
        roleIds: [await makeRole(here.id, [plain])],
      }),
  },
  "adding a role to": {
    needs: "people.write",
    prepare: async (theirs, plain) => {
      const held = await makeRole(here.id, [theirs]);
      return operations.user("patchUser", await person([held]), {
        roleIds: [held, await makeRole(here.id, [plain])],
      });
    },
  },
  "making a link for a new password of": {
    needs: "people.write",
    prepare: async (theirs) =>
      operations.user("createPasswordReset", await person([await makeRole(here.id, [theirs])])),
  },
  "suspending somebody with": {
    needs: "people.write",
    prepare: async (theirs) =>
      operations.user("patchUser", await person([await makeRole(here.id, [theirs])]), {
        status: "suspended",
      }),
  },
  "restoring somebody with": {
    needs: "people.write",
    prepare: async (theirs) =>
      operations.user("patchUser", await person([await makeRole(here.id, [theirs])], "suspended"), {
        status: "active",
      }),
  },
  "removing somebody with": {
    needs: "people.write",
    prepare: async (theirs) =>
      operations.user("deleteUser", await person([await makeRole(here.id, [theirs])])),
  },
  "removing a suspended person with": {
    needs: "people.write",
    prepare: async (theirs) =>
      operations.user("deleteUser", await person([await makeRole(here.id, [theirs])], "suspended")),
  },
  "making a role with": {
    needs: "settings.write",
    prepare: async (theirs) => operations.create("createRole", { name: "Made", permissions: [theirs] }),
  },
  "renaming a role with": {
    needs: "settings.write",
    prepare: async (theirs) =>
      operations.role("patchRole", await makeRole(here.id, [theirs]), { name: "Renamed" }),
  },
  "putting into a role": {
    needs: "settings.write",
    prepare: async (theirs, plain) =>
      operations.role("patchRole", await makeRole(here.id, [plain]), { permissions: [plain, theirs] }),
  },
  "taking out of a role": {
    needs: "settings.write",
    prepare: async (theirs, plain) =>
      operations.role("patchRole", await makeRole(here.id, [plain, theirs]), { permissions: [plain] }),
  },
  "changing the role of somebody who also has": {
    needs: "settings.write",
    prepare: async (theirs, plain) => {
      const role = await makeRole(here.id, [plain]);
      await person([role, await makeRole(here.id, [theirs])]);
      return operations.role("patchRole", role, { permissions: [] });
    },
  },
  "deleting a role with": {
    needs: "settings.write",
    prepare: async (theirs) => operations.role("deleteRole", await makeRole(here.id, [theirs])),
  },
  "deleting the role of a suspended person who also has": {
    needs: "settings.write",
    prepare: async (theirs, plain) => {
      const role = await makeRole(here.id, [plain]);
      await person([role, await makeRole(here.id, [theirs])], "suspended");
      return operations.role("deleteRole", role);
    },
  },
  "making a key with": {
    needs: "keys.write",
    prepare: async (theirs) =>
      operations.create("createAccessKey", { name: "Made", roleId: await makeRole(here.id, [theirs]) }),
  },
  "renaming a key with": {
    needs: "keys.write",
    prepare: async (theirs) => {
      const { id } = await makeKey(here.id, { roleId: await makeRole(here.id, [theirs]) });
      return operations.key("patchAccessKey", id, { name: "Renamed" });
    },
  },
  "revoking a key with": {
    needs: "keys.write",
    prepare: async (theirs) => {
      const { id } = await makeKey(here.id, { roleId: await makeRole(here.id, [theirs]) });
      return operations.key("deleteAccessKey", id);
    },
  },
};

/** Everything that a refused attempt could have changed. */
async function state(): Promise<unknown> {
  const [row] = await sql(
    `SELECT (SELECT jsonb_agg(to_jsonb(m) ORDER BY m.user_id) FROM memberships m WHERE workspace_id = $1) AS people,
       (SELECT jsonb_agg(to_jsonb(m) ORDER BY m.user_id, m.role_id) FROM membership_roles m WHERE workspace_id = $1) AS given,
       (SELECT jsonb_agg(to_jsonb(r) ORDER BY r.id) FROM roles r WHERE workspace_id = $1) AS roles,
       (SELECT jsonb_agg(to_jsonb(k) - 'last_used_at' ORDER BY k.id) FROM access_keys k WHERE workspace_id = $1) AS keys,
       (SELECT jsonb_agg(to_jsonb(i) ORDER BY i.user_id) FROM invitations i WHERE workspace_id = $1) AS links,
       (SELECT jsonb_agg(to_jsonb(r) ORDER BY r.user_id) FROM password_resets r WHERE maker_workspace_id = $1) AS resets`,
    [here.id],
  );
  return row;
}

describe.each(Object.entries(attempts))("%s", (_, { needs, prepare }) => {
  it.each(permissions)(
    "%s is rejected for callers with fewer permissions, and changes nothing",
    async (lacking) => {
      const plain = needs === "people.write" ? "agents.read" : "people.write";
      const attempt = await prepare(lacking, lacking === plain ? needs : plain);
      const as = await holding(...others(lacking));
      const before = await state();
      expectRefusal(await attempt(as), 403, "Forbidden");
      expect(await state()).toEqual(before);
    },
  );

  it("is allowed for callers with at least the same permissions", async () => {
    // The caller lacks one other permission, so that having all permissions is not what allows it.
    const theirs = needs === "keys.write" ? "agents.read" : "keys.write";
    const attempt = await prepare(theirs, needs);
    const { status } = await attempt(await holding(...others("ledger.read")));
    expect([200, 201, 204]).toContain(status);
  });
});

describe("a person with only people.write", () => {
  it("cannot become Supervisor through an invitation", async () => {
    const supervisor = await invited(managedRole("Supervisor"));
    const as = await holding("people.write");
    const answer = await call<InvitedUser>("resendInvitation", {
      params: inWorkspace({ userId: supervisor }),
      as,
    });
    expectRefusal(answer, 403, "Forbidden");
    expect(answer.body).not.toHaveProperty("inviteUrl");
  });

  it("cannot give themselves another role or prevent the loss of one", async () => {
    const role = await makeRole(here.id, ["people.write"]);
    const me = await makeMember(here.id, { roles: [role] });
    const change = (roleIds: string[]) =>
      call<User>("patchUser", { params: inWorkspace({ userId: me.id }), as: me.auth, body: { roleIds } });
    expectRefusal(await change([role, managedRole("Supervisor")]), 403, "Forbidden");
    expectRefusal(await change([managedRole("Viewer")]), 403, "Forbidden");
    expect((await change([role])).status).toBe(200);
  });
});

/** Returns the status of accepting an invitation link. */
const accept = (link: InvitedUser | { inviteUrl?: string | undefined }) =>
  call<{ userId: string }>("acceptInvitation", {
    body: { token: link.inviteUrl?.split("/").at(-1) ?? "", password: "three words of mine" },
  });

const inviteAs = async (as: string, roleIds: string[], headers: Record<string, string> = {}) =>
  (
    await call<InvitedUser>("inviteUser", {
      params: inWorkspace(),
      as,
      headers,
      body: { email: newAddress(), roleIds },
    })
  ).body;

const setRoles = (userId: string, roleIds: string[]) =>
  call<User>("patchUser", { params: inWorkspace({ userId }), as: here.supervisor.auth, body: { roleIds } });

describe("an invitation link grants no more than its creator may grant when it is used", () => {
  const inviter = async () =>
    makeMember(here.id, { roles: [managedRole("Agent"), await makeRole(here.id, ["people.write"])] });

  test("it works while the creator has the permissions", async () => {
    const made = await inviter();
    expect((await accept(await inviteAs(made.auth, [managedRole("Agent")]))).status).toBe(200);
  });

  test("not if the invited person received more permissions, until someone with as many resends it", async () => {
    const made = await inviter();
    const link = await inviteAs(made.auth, [managedRole("Agent")]);
    expect((await setRoles(link.id, [managedRole("Supervisor")])).status).toBe(200);
    expectRefusal(await accept(link), 404, "InvitationNotFound");
    const again = await call<InvitedUser>("resendInvitation", {
      params: inWorkspace({ userId: link.id }),
      as: here.supervisor.auth,
    });
    expect((await accept(again.body)).status).toBe(200);
  });

  test("not if the role received more permissions", async () => {
    const made = await inviter();
    const role = await makeRole(here.id, ["agents.read"]);
    const link = await inviteAs(made.auth, [role]);
    const answer = await call("patchRole", {
      params: inWorkspace({ roleId: role }),
      as: here.supervisor.auth,
      body: { permissions: ["agents.read", "keys.write"] },
    });
    expect(answer.status).toBe(200);
    expectRefusal(await accept(link), 404, "InvitationNotFound");
  });

  test.each([
    ["demoted", (id: string) => setRoles(id, [managedRole("Viewer")])],
    [
      "suspended",
      (userId: string) =>
        call("patchUser", {
          params: inWorkspace({ userId }),
          as: here.supervisor.auth,
          body: { status: "suspended" },
        }),
    ],
    [
      "removed",
      (userId: string) => call("deleteUser", { params: inWorkspace({ userId }), as: here.supervisor.auth }),
    ],
  ])("not if its creator was %s", async (_, end) => {
    const made = await makeMember(here.id, { roles: [managedRole("Supervisor")] });
    const key = randomUUID();
    const body = { email: newAddress(), roleIds: [managedRole("Supervisor")] };
    const request = {
      params: inWorkspace(),
      as: made.auth,
      headers: { "Idempotency-Key": key },
      body,
    };
    const link = (await call<InvitedUser>("inviteUser", request)).body;
    expect((await end(made.id)).status).toBeLessThan(300);
    expectRefusal(await accept(link), 404, "InvitationNotFound");
    // Repeating the request fails too, because the creator may no longer invite.
    expect((await call("inviteUser", request)).status).toBeGreaterThanOrEqual(401);
  });

  test("not if it was created with a key that was revoked", async () => {
    const key = await makeKey(here.id);
    const link = await inviteAs(key.auth, [managedRole("Agent")]);
    await call("deleteAccessKey", {
      params: inWorkspace({ accessKeyId: key.id }),
      as: here.supervisor.auth,
    });
    expectRefusal(await accept(link), 404, "InvitationNotFound");
  });
});

describe("concurrent requests", () => {
  test("a demoted person cannot regain the supervisor role with a request that was waiting", async () => {
    for (let round = 0; round < 5; round++) {
      const rival = await makeMember(here.id, { roles: [managedRole("Supervisor")] });
      const [demoted] = await Promise.all([
        setRoles(rival.id, [managedRole("Viewer")]),
        ...Array.from({ length: 4 }, () =>
          call("patchUser", {
            params: inWorkspace({ userId: rival.id }),
            as: rival.auth,
            body: { roleIds: [managedRole("Supervisor")] },
          }),
        ),
      ]);
      expect(demoted.status).toBe(200);
      const { body } = await call<User>("getUser", {
        params: inWorkspace({ userId: rival.id }),
        as: here.supervisor.auth,
      });
      expect(body.roleIds).toEqual([managedRole("Viewer")]);
    }
  });

  test("a link that is resent during a promotion never grants the supervisor role", async () => {
    const made = await makeMember(here.id, {
      roles: [managedRole("Agent"), await makeRole(here.id, ["people.write"])],
    });
    for (let round = 0; round < 5; round++) {
      const link = await inviteAs(made.auth, [managedRole("Agent")]);
      const [promoted, again] = await Promise.all([
        setRoles(link.id, [managedRole("Supervisor")]),
        call<InvitedUser>("resendInvitation", {
          params: inWorkspace({ userId: link.id }),
          as: made.auth,
        }),
      ]);
      expect(promoted.status).toBe(200);
      expectRefusal(await accept(link), 404, "InvitationNotFound");
      if (again.status === 201) expectRefusal(await accept(again.body), 404, "InvitationNotFound");
      else expectRefusal(again, 403, "Forbidden");
    }
  });
});

test("a token issued before a demotion has the new permissions", async () => {
  const rival = await makePerson(here.id, { roles: [managedRole("Supervisor")] });
  const auth = await token(rival);
  await setRoles(rival.id, [managedRole("Viewer")]);
  expectRefusal(
    await call("resendInvitation", {
      params: inWorkspace({ userId: await invited(managedRole("Agent")) }),
      as: auth,
    }),
    403,
    "Forbidden",
  );
});

describe("If-Match", () => {
  const ops = [
    "patchUser",
    "deleteUser",
    "patchRole",
    "deleteRole",
    "patchAccessKey",
    "deleteAccessKey",
  ] as const;
  test.each(ops)("is checked after permissions: %s", async (id) => {
    const strong = await makeRole(here.id, ["ledger.read"]);
    const ids = {
      userId: await person([strong]),
      roleId: strong,
      accessKeyId: (await makeKey(here.id, { roleId: strong })).id,
    };
    const as = await holding("people.write", "settings.write", "keys.write");
    const bodies: Partial<Record<(typeof ops)[number], unknown>> = {
      patchUser: { status: "suspended" },
      patchRole: { name: "Renamed" },
      patchAccessKey: { name: "Renamed" },
    };
    // Neither an outdated ETag nor `*` changes the result.
    for (const tag of ["*", '"1.stale"'])
      expectRefusal(
        await call(id, {
          params: inWorkspace(ids),
          as,
          headers: { "If-Match": tag },
          ...(bodies[id] ? { body: bodies[id] } : {}),
        }),
        403,
        "Forbidden",
      );
  });
});
