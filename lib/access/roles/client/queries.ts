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

/** All roles of the workspace, including managed ones. */
export function allRolesQuery(workspaceId: string) {
  return queryOptions({
    queryKey: roleKeys.list(workspaceId),
    queryFn: ({ signal }) =>
      readAll((query) => request(listRoles, { params: { workspaceId }, query, signal })),
    staleTime: 60_000,
  });
}

/** Query of how many people and access keys have a role. Never cached. */
export function roleUsageQuery(workspaceId: string, roleId: string) {
  return queryOptions({
    // Not under `roleKeys.all`, which a deletion invalidates: that would refetch the usage of the deleted
    // role.
    queryKey: ["roleUsage", workspaceId, roleId],
    queryFn: async ({ signal }) =>
      (await request(getRoleUsage, { params: { workspaceId, roleId }, signal })).data,
    staleTime: 0,
  });
}

export function useCreateRole(workspaceId: string) {
  return useListWrite<Role, z.input<typeof roleDraftSchema>, Role>({
    list: roleKeys.list(workspaceId),
    write: async (body) => (await request(createRole, { params: { workspaceId }, body })).data,
    settle: put,
    touches: [roleKeys.all(workspaceId)],
  });
}

export type RoleWrite = Guarded<Role, z.input<typeof roleChangeSchema>>;

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
    optimistic: (items, { id, change }) => merge(items, id, change),
    settle: put,
    touches: [roleKeys.all(workspaceId)],
  });
}

export function useDeleteRole(workspaceId: string) {
  return useListWrite<Role, string, void>({
    list: roleKeys.list(workspaceId),
    write: async (roleId) => {
      await request(deleteRole, { params: { workspaceId, roleId } });
    },
    optimistic: without,
    touches: [
      roleKeys.all(workspaceId),
      // Keys by value: these features import roles, so importing theirs would be circular.
      ["people", workspaceId],
      ["access-keys", workspaceId],
      ["agents", workspaceId],
    ],
  });
}
