import { queryOptions, useMutation } from "@tanstack/react-query";
import type { z } from "zod";
import {
  createPasswordReset,
  deleteUser,
  getUser,
  inviteUser,
  listSuspendedAgents,
  listUsers,
  patchUser,
  resendInvitation,
} from "@/lib/access/people/client/calls";
import type {
  InvitedUser,
  invitationDraftSchema,
  User,
  userChangeSchema,
} from "@/lib/access/people/contract";
import { agentKeys, personKeys } from "@/lib/platform/client/cache-keys";
import { type Guarded, sendGuarded } from "@/lib/platform/client/guarded-change";
import { merge, put, useListWrite, without } from "@/lib/platform/client/list-write";
import { readAll, request } from "@/lib/platform/client/request";

export function allPeopleQuery(workspaceId: string) {
  return queryOptions({
    queryKey: personKeys.list(workspaceId),
    queryFn: ({ signal }) =>
      readAll((query) => request(listUsers, { params: { workspaceId }, query, signal })),
    staleTime: 60_000,
  });
}

/** The ids of agents whose person is suspended. */
export function suspendedAgentsQuery(workspaceId: string) {
  return queryOptions({
    queryKey: [...personKeys.all(workspaceId), "suspendedAgents"],
    queryFn: async ({ signal }) =>
      (await request(listSuspendedAgents, { params: { workspaceId }, signal })).data.agentIds,
    staleTime: 60_000,
  });
}

/** Invites a person. The result has a link if the server sends no email. */
export function useInvitePerson(workspaceId: string) {
  return useListWrite<User, z.input<typeof invitationDraftSchema>, InvitedUser>({
    list: personKeys.list(workspaceId),
    write: async (body) => (await request(inviteUser, { params: { workspaceId }, body })).data,
    settle: (items, { inviteUrl: _, ...person }) => put(items, person),
    touches: [personKeys.all(workspaceId)],
  });
}

/** Creates a new invitation link; the previous one becomes invalid. */
export function useResendInvitation(workspaceId: string) {
  return useMutation({
    mutationFn: async (userId: string) =>
      (await request(resendInvitation, { params: { workspaceId, userId } })).data,
  });
}

/** Creates a password reset link. The link is only in the result; the cache never holds it. */
export function useResetPassword(workspaceId: string) {
  return useMutation({
    mutationFn: async (userId: string) =>
      (await request(createPasswordReset, { params: { workspaceId, userId } })).data,
  });
}

export type PersonWrite = Guarded<User, z.input<typeof userChangeSchema>>;

/** Changes a person's roles or status. */
export function useChangePerson(workspaceId: string) {
  return useListWrite<User, PersonWrite, User>({
    list: personKeys.list(workspaceId),
    write: (guarded) => {
      const params = { workspaceId, userId: guarded.id };
      return sendGuarded(
        guarded,
        () => request(getUser, { params }),
        async (ifMatch) => (await request(patchUser, { params, body: guarded.change, ifMatch })).data,
        (person) => ({ ...person, roleIds: [...person.roleIds].sort() }),
      );
    },
    optimistic: (items, { id, change }) => merge(items, id, change),
    settle: put,
    touches: [personKeys.all(workspaceId), agentKeys.all(workspaceId)],
  });
}

/** Removes a person and their agent. */
export function useRemovePerson(workspaceId: string) {
  return useListWrite<User, string, void>({
    list: personKeys.list(workspaceId),
    write: async (userId) => {
      await request(deleteUser, { params: { workspaceId, userId } });
    },
    optimistic: without,
    touches: [personKeys.all(workspaceId), agentKeys.all(workspaceId)],
  });
}
