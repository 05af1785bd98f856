import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import {
  acceptShiftSwap,
  approveShiftSwap,
  cancelShiftSwap,
  createShiftSwap,
  declineShiftSwap,
  getCalendarPolicy,
  patchCalendarPolicy,
} from "@/lib/hours/shifts/client/calls";
import type { CalendarPolicy, ShiftSwap, shiftSwapDraftSchema } from "@/lib/hours/shifts/swaps-contract";
import { calendarPolicyKeys, shiftSwapKeys, showingHours } from "@/lib/platform/client/cache-keys";
import { sendGuarded } from "@/lib/platform/client/guarded-change";
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
