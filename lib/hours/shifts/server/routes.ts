import { createShift, deleteShift, getShift, listShifts, patchShift } from "@/lib/hours/shifts/contract";
import { explainHours, listAgentShifts } from "@/lib/hours/shifts/hours-contract";
import {
  createRotation,
  deleteRotation,
  getRotation,
  listRotations,
  patchRotation,
  putRotationMembers,
} from "@/lib/hours/shifts/rotations-contract";
import type { HoursService } from "@/lib/hours/shifts/server/hours-service";
import type { CalendarPolicyService } from "@/lib/hours/shifts/server/policy-service";
import type { RotationService } from "@/lib/hours/shifts/server/rotation-service";
import type { ShiftService } from "@/lib/hours/shifts/server/shift-service";
import type { SwapService } from "@/lib/hours/shifts/server/swap-service";
import {
  acceptShiftSwap,
  approveShiftSwap,
  cancelShiftSwap,
  createShiftSwap,
  declineShiftSwap,
  getCalendarPolicy,
  getShiftSwap,
  listShiftSwaps,
  patchCalendarPolicy,
} from "@/lib/hours/shifts/swaps-contract";
import { routeWith } from "@/lib/platform/http/server/route";

interface ShiftServices {
  shifts: ShiftService;
  rotations: RotationService;
  shiftSwaps: SwapService;
  calendarPolicy: CalendarPolicyService;
  hours: HoursService;
}

const route = routeWith<ShiftServices>();

export const shiftRoutes = [
  route(listShifts, async ({ actor, query }, { shifts }) => ({ data: await shifts.list(actor, query) })),
  route(createShift, ({ actor, body, now }, { shifts }) => shifts.create(actor, body, now)),
  route(getShift, ({ actor, params }, { shifts }) => shifts.get(actor, params.shiftId)),
  route(patchShift, ({ actor, params, body, ifMatch, now }, { shifts }) =>
    shifts.change(actor, params.shiftId, body, { ifMatch, now }),
  ),
  route(deleteShift, ({ actor, params, ifMatch, now }, { shifts }) =>
    shifts.delete(actor, params.shiftId, { ifMatch, now }),
  ),
  route(listRotations, async ({ actor, query }, { rotations }) => ({
    data: await rotations.list(actor, query),
  })),
  route(createRotation, ({ actor, body, now }, { rotations }) => rotations.create(actor, body, now)),
  route(getRotation, ({ actor, params }, { rotations }) => rotations.get(actor, params.rotationId)),
  route(patchRotation, ({ actor, params, body, ifMatch, now }, { rotations }) =>
    rotations.change(actor, params.rotationId, body, { ifMatch, now }),
  ),
  route(putRotationMembers, ({ actor, params, body, ifMatch, now }, { rotations }) =>
    rotations.putMembers(actor, params.rotationId, body, { ifMatch, now }),
  ),
  route(deleteRotation, ({ actor, params, ifMatch, now }, { rotations }) =>
    rotations.delete(actor, params.rotationId, { ifMatch, now }),
  ),
  route(listShiftSwaps, async ({ actor, query }, { shiftSwaps }) => ({
    data: await shiftSwaps.list(actor, query),
  })),
  route(createShiftSwap, ({ actor, body, now }, { shiftSwaps }) => shiftSwaps.create(actor, body, now)),
  route(getShiftSwap, async ({ actor, params }, { shiftSwaps }) => ({
    data: await shiftSwaps.get(actor, params.shiftSwapId),
  })),
  route(acceptShiftSwap, ({ actor, params, body, now }, { shiftSwaps }) =>
    shiftSwaps.accept(actor, params.shiftSwapId, body, now),
  ),
  route(approveShiftSwap, ({ actor, params, body, now }, { shiftSwaps }) =>
    shiftSwaps.approve(actor, params.shiftSwapId, body, now),
  ),
  route(declineShiftSwap, ({ actor, params, body, now }, { shiftSwaps }) =>
    shiftSwaps.decline(actor, params.shiftSwapId, body, now),
  ),
  route(cancelShiftSwap, ({ actor, params, body, now }, { shiftSwaps }) =>
    shiftSwaps.cancel(actor, params.shiftSwapId, body, now),
  ),
  route(getCalendarPolicy, ({ actor }, { calendarPolicy }) => calendarPolicy.get(actor)),
  route(patchCalendarPolicy, ({ actor, body, ifMatch, now }, { calendarPolicy }) =>
    calendarPolicy.change(actor, body, { ifMatch, now }),
  ),
  route(listAgentShifts, async ({ actor, params, query }, { hours }) => ({
    data: await hours.shifts(actor, params.agentId, query),
  })),
  route(explainHours, async ({ actor, params, query, now }, { hours }) => ({
    data: await hours.explain(actor, params.agentId, query.at, now),
  })),
];
