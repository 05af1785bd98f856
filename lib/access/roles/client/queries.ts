import { queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import {
  createRole,
  deleteRole,
  getRole,
  getRoleUsage,
  listRoles,
  patchRole,
} from "@/lib/access/roles/client/calls";
import type { Role, roleChangeSchema, roleDraftSchema } from "@/lib/access/roles/contract";
import { roleKeys } from "@/lib/platform/client/cache-keys";
import { type Guarded, sendGuarded } from "@/lib/platform/client/guarded-change";
import { merge, put, useListWrite, without } from "@/lib/platform/client/list-write";
import { readAll, request } from "@/lib/platform/client/request";

/** All roles of the workspace, those that come with the product too. */
export function allRolesQuery(workspaceId: string) {
  return queryOptions({
    queryKey: roleKeys.list(workspaceId),
    queryFn: ({ signal }) =>
      readAll((query) => request(listRoles, { params: { workspaceId }, query, signal })),
    staleTime: 60_000,
  });
}

/** How many people and access keys have a role; asked anew each time. */
export function roleUsageQuery(workspaceId: string, roleId: string) {
  return queryOptions({
    // Not below the key of all: what a deletion invalidates would ask again about what is gone.
    queryKey: ["roleUsage", workspaceId, roleId],
    queryFn: async ({ signal }) =>
      (await request(getRoleUsage, { params: { workspaceId, roleId }, signal })).data,
    staleTime: 0,
  });
}

/** Makes a role. */
export function useCreateRole(workspaceId: string) {
  return useListWrite<Role, z.input<typeof roleDraftSchema>, Role>({
    list: roleKeys.list(workspaceId),
    write: async (body) => (await request(createRole, { params: { workspaceId }, body })).data,
    settle: put,
    touches: [roleKeys.all(workspaceId)],
  });
}

/** A change of one role. */
export type RoleWrite = Guarded<Role, z.input<typeof roleChangeSchema>>;

/** Changes a role; whoever has it may do more or less from their next request on. */
export function useChangeRole(workspaceId: string) {
  return useListWrite<Role, RoleWrite, Role>({
    list: roleKeys.list(workspaceId),
    write: (guarded) => {
      const params = { workspaceId, roleId: guarded.id };
      return sendGuarded(
        guarded,
        () => request(getRole, { params }),
        async (ifMatch) => (await request(patchRole, { params, body: guarded.change, ifMatch })).data,
        (role) => ({ ...role, permissions: [...role.permissions].sort() }),
      );
    },
    foresee: (items, { id, change }) => merge(items, id, change),
    settle: put,
    touches: [roleKeys.all(workspaceId)],
  });
}

/** Deletes a role: people lose it, access keys that act with it are revoked. */
export function useDeleteRole(workspaceId: string) {
  return useListWrite<Role, string, void>({
    list: roleKeys.list(workspaceId),
    write: async (roleId) => {
      await request(deleteRole, { params: { workspaceId, roleId } });
    },
    foresee: without,
    touches: [
      roleKeys.all(workspaceId),
      // By name: these features know roles, so roles can't import them.
      ["people", workspaceId],
      ["access-keys", workspaceId],
      ["agents", workspaceId],
    ],
  });
}
