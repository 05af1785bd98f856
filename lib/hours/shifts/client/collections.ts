import type { z } from "zod";
import * as calls from "@/lib/hours/shifts/client/calls";
import type {
  Rotation,
  rotationChangeSchema,
  rotationMembersSchema,
} from "@/lib/hours/shifts/rotations-contract";
import { rotationKeys, shiftKeys, showingHours } from "@/lib/platform/client/cache-keys";
import { collection } from "@/lib/platform/client/collection";
import { type Guarded, sendGuarded } from "@/lib/platform/client/guarded-change";
import { merge, put, useListWrite } from "@/lib/platform/client/list-write";
import { request } from "@/lib/platform/client/request";

const touchedByRotations = (workspaceId: string) => [
  shiftKeys.all(workspaceId),
  ...showingHours(workspaceId),
];

export const {
  /** Query of all shared shifts, oldest first. */
  all: allShiftsQuery,
  useCreate: useCreateShift,
  useChange: useChangeShift,
  useDelete: useDeleteShift,
} = collection({
  keys: shiftKeys,
  calls: {
    list: calls.listShifts,
    create: calls.createShift,
    get: calls.getShift,
    patch: calls.patchShift,
    delete: calls.deleteShift,
  },
  id: "shiftId",
  optimistic: (items, { id, change }) => merge(items, id, change),
  affects: (workspaceId) => [rotationKeys.all(workspaceId), ...showingHours(workspaceId)],
});

export const {
  /** Query of all rotations, oldest first. */
  all: allRotationsQuery,
  useCreate: useCreateRotation,
  useDelete: useDeleteRotation,
} = collection({
  keys: rotationKeys,
  calls: {
    list: calls.listRotations,
    create: calls.createRotation,
    get: calls.getRotation,
    patch: calls.patchRotation,
    delete: calls.deleteRotation,
  },
  id: "rotationId",
  affects: touchedByRotations,
});

type RotationWrite = z.input<typeof rotationChangeSchema> & Partial<z.input<typeof rotationMembersSchema>>;

/** Changes a rotation and its members, which have a request of their own. */
export function useChangeRotation(workspaceId: string) {
  return useListWrite<Rotation, Guarded<Rotation, RotationWrite>, Rotation>({
    list: rotationKeys.list(workspaceId),
    write: async (guarded) => {
      const params = { workspaceId, rotationId: guarded.id };
      const read = () => request(calls.getRotation, { params });
      const { members: wanted, ...change } = guarded.change;
      let after: Rotation | undefined;
      if (Object.keys(change).length > 0)
        after = await sendGuarded({ ...guarded, change }, read, async (ifMatch) => {
          return (await request(calls.patchRotation, { params, body: change, ifMatch })).data;
        });
      if (wanted)
        after = await sendGuarded({ id: guarded.id, change: {} }, read, async (ifMatch) => {
          return (await request(calls.putRotationMembers, { params, body: { members: wanted }, ifMatch }))
            .data;
        });
      return after ?? (await read()).data;
    },
    settle: put,
    touches: [rotationKeys.all(workspaceId), ...touchedByRotations(workspaceId)],
  });
}
