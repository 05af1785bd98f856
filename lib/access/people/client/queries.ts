import { queryOptions, useMutation } from "@tanstack/react-query";
import * as calls from "@/lib/access/people/client/calls";
import type { User } from "@/lib/access/people/contract";
import { agentKeys, personKeys } from "@/lib/platform/client/cache-keys";
import { collection } from "@/lib/platform/client/collection";
import { merge, put } from "@/lib/platform/client/list-write";
import { request } from "@/lib/platform/client/request";

export const {
  all: allPeopleQuery,
  /** Invites a person. The result has a link if the server sends no email. */
  useCreate: useInvitePerson,
  /** Changes a person's roles or status. */
  useChange: useChangePerson,
  /** Removes a person and their agent. */
  useDelete: useRemovePerson,
} = collection({
  keys: personKeys,
  calls: {
    list: calls.listUsers,
    create: calls.inviteUser,
    get: calls.getUser,
    patch: calls.patchUser,
    delete: calls.deleteUser,
  },
  id: "userId",
  optimistic: (items, { id, change }) => merge(items, id, change),
  settle: (items, { inviteUrl: _, ...person }: User & { inviteUrl?: string | undefined }) =>
    put(items, person),
  fieldsOf: (person) => ({ ...person, roleIds: [...person.roleIds].sort() }),
  affects: (workspaceId) => [agentKeys.all(workspaceId)],
});

/** The ids of agents whose person is suspended. */
export function suspendedAgentsQuery(workspaceId: string) {
  return queryOptions({
    queryKey: [...personKeys.all(workspaceId), "suspendedAgents"],
    queryFn: async ({ signal }) =>
      (await request(calls.listSuspendedAgents, { params: { workspaceId }, signal })).data.agentIds,
    staleTime: 60_000,
  });
}

/** Creates a new invitation link; the previous one becomes invalid. */
export function useResendInvitation(workspaceId: string) {
  return useMutation({
    mutationFn: async (userId: string) =>
      (await request(calls.resendInvitation, { params: { workspaceId, userId } })).data,
  });
}

/** Creates a password reset link. The link is only in the result; the cache never holds it. */
export function useResetPassword(workspaceId: string) {
  return useMutation({
    mutationFn: async (userId: string) =>
      (await request(calls.createPasswordReset, { params: { workspaceId, userId } })).data,
  });
}
