import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import {
  acceptShiftSwap,
  approveShiftSwap,
  cancelShiftSwap,
  createRotation,
  createShift,
  createShiftSwap,
  declineShiftSwap,
  deleteRotation,
  deleteShift,
  getCalendarPolicy,
  getRotation,
  getShift,
  patchCalendarPolicy,
  patchRotation,
  patchShift,
  putRotationMembers,
} from "@/lib/hours/shifts/client/calls";
import type { Shift, shiftChangeSchema, shiftDraftSchema } from "@/lib/hours/shifts/contract";
import type {
  Rotation,
  rotationChangeSchema,
  rotationDraftSchema,
  rotationMembersSchema,
} from "@/lib/hours/shifts/rotations-contract";
import type { CalendarPolicy, ShiftSwap, shiftSwapDraftSchema } from "@/lib/hours/shifts/swaps-contract";
import {
  calendarPolicyKeys,
  rotationKeys,
  shiftKeys,
  shiftSwapKeys,
  showingHours,
} from "@/lib/platform/client/cache-keys";
import { type Guarded, sendGuarded } from "@/lib/platform/client/guarded-change";
import { merge, put, useListWrite, without } from "@/lib/platform/client/list-write";
import { request } from "@/lib/platform/client/request";

export type SwapAnswer = "accept" | "approve" | "decline" | "cancel";

async function sendAnswer(workspaceId: string, shiftSwapId: string, answer: SwapAnswer): Promise<ShiftSwap> {
  const input = { params: { workspaceId, shiftSwapId }, body: {} };
  switch (answer) {
    case "accept":
      return (await request(acceptShiftSwap, input)).data;
    case "approve":
      return (await request(approveShiftSwap, input)).data;
    case "decline":
      return (await request(declineShiftSwap, input)).data;
    case "cancel":
      return (await request(cancelShiftSwap, input)).data;
  }
}

/** Offers a shift to a colleague or the teams. */
export function useOfferShift(workspaceId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: z.input<typeof shiftSwapDraftSchema>) =>
      (await request(createShiftSwap, { params: { workspaceId }, body })).data,
    onSettled: () => void client.invalidateQueries({ queryKey: shiftSwapKeys.all(workspaceId) }),
  });
}

/** Answers an offered shift, or decides on an accepted one. */
export function useAnswerSwap(workspaceId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ swap, answer }: { swap: Pick<ShiftSwap, "id">; answer: SwapAnswer }) =>
      sendAnswer(workspaceId, swap.id, answer),
    onSettled() {
      for (const queryKey of [shiftSwapKeys.all(workspaceId), ...showingHours(workspaceId)])
        void client.invalidateQueries({ queryKey });
    },
  });
}

/** Sets whether accepted swaps need an approval. */
export function useChangeCalendarPolicy(workspaceId: string) {
  const client = useQueryClient();
  const queryKey = calendarPolicyKeys.all(workspaceId);
  type Read = { data: CalendarPolicy };
  return useMutation({
    mutationFn: (change: CalendarPolicy) =>
      sendGuarded(
        { id: workspaceId, change },
        () => request(getCalendarPolicy, { params: { workspaceId } }),
        async (ifMatch) =>
          (await request(patchCalendarPolicy, { params: { workspaceId }, body: change, ifMatch })).data,
      ),
    async onMutate(change) {
      await client.cancelQueries({ queryKey });
      const before = client.getQueryData<Read>(queryKey);
      client.setQueryData<Read>(queryKey, (read) => read && { ...read, data: { ...read.data, ...change } });
      return { before };
    },
    onError(_error, _change, context) {
      client.setQueryData(queryKey, context?.before);
    },
    onSettled: () => void client.invalidateQueries({ queryKey }),
  });
}

const touchedByShifts = (workspaceId: string) => [
  shiftKeys.all(workspaceId),
  rotationKeys.all(workspaceId),
  ...showingHours(workspaceId),
];

export function useCreateShift(workspaceId: string) {
  return useListWrite<Shift, z.input<typeof shiftDraftSchema>, Shift>({
    list: shiftKeys.list(workspaceId),
    write: async (body) => (await request(createShift, { params: { workspaceId }, body })).data,
    settle: put,
    touches: touchedByShifts(workspaceId),
  });
}

export function useChangeShift(workspaceId: string) {
  return useListWrite<Shift, Guarded<Shift, z.input<typeof shiftChangeSchema>>, Shift>({
    list: shiftKeys.list(workspaceId),
    write: (guarded) => {
      const params = { workspaceId, shiftId: guarded.id };
      return sendGuarded(
        guarded,
        () => request(getShift, { params }),
        async (ifMatch) => (await request(patchShift, { params, body: guarded.change, ifMatch })).data,
      );
    },
    optimistic: (items, { id, change }) => merge(items, id, change),
    settle: put,
    touches: touchedByShifts(workspaceId),
  });
}

export function useDeleteShift(workspaceId: string) {
  return useListWrite<Shift, string, void>({
    list: shiftKeys.list(workspaceId),
    write: async (shiftId) => {
      await request(deleteShift, { params: { workspaceId, shiftId } });
    },
    optimistic: without,
    touches: touchedByShifts(workspaceId),
  });
}

export function useCreateRotation(workspaceId: string) {
  return useListWrite<Rotation, z.input<typeof rotationDraftSchema>, Rotation>({
    list: rotationKeys.list(workspaceId),
    write: async (body) => (await request(createRotation, { params: { workspaceId }, body })).data,
    settle: put,
    touches: touchedByShifts(workspaceId),
  });
}

type RotationWrite = z.input<typeof rotationChangeSchema> & Partial<z.input<typeof rotationMembersSchema>>;

/** Changes a rotation and its members, which have a request of their own. */
export function useChangeRotation(workspaceId: string) {
  return useListWrite<Rotation, Guarded<Rotation, RotationWrite>, Rotation>({
    list: rotationKeys.list(workspaceId),
    write: async (guarded) => {
      const params = { workspaceId, rotationId: guarded.id };
      const read = () => request(getRotation, { params });
      const { members: wanted, ...change } = guarded.change;
      let after: Rotation | undefined;
      if (Object.keys(change).length > 0)
        after = await sendGuarded({ ...guarded, change }, read, async (ifMatch) => {
          return (await request(patchRotation, { params, body: change, ifMatch })).data;
        });
      if (wanted)
        after = await sendGuarded({ id: guarded.id, change: {} }, read, async (ifMatch) => {
          return (await request(putRotationMembers, { params, body: { members: wanted }, ifMatch })).data;
        });
      return after ?? (await read()).data;
    },
    settle: put,
    touches: touchedByShifts(workspaceId),
  });
}

export function useDeleteRotation(workspaceId: string) {
  return useListWrite<Rotation, string, void>({
    list: rotationKeys.list(workspaceId),
    write: async (rotationId) => {
      await request(deleteRotation, { params: { workspaceId, rotationId } });
    },
    optimistic: without,
    touches: touchedByShifts(workspaceId),
  });
}
