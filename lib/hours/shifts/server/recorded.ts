import type { RotationRow } from "@/lib/hours/shifts/server/rotation-repository";
import type { RecordedHours } from "@/lib/hours/weeks/recorded";
import { optional } from "@/lib/platform/http/wire";
import type { AgentId } from "@/lib/platform/ids";

type Recorded = RecordedHours["rotation"][number];

/** Returns the ledger's field of an agent's memberships in a rotation; empty without one. */
export function rotationField(
  agentId: AgentId,
  {
    id,
    name,
    startDate,
    members,
  }: Pick<RotationRow, "id" | "name" | "startDate"> & {
    members: readonly Omit<RotationRow["members"][number], "id">[];
  },
  more: Pick<Recorded, "timezone" | "weeksFrom" | "shift"> = {},
): Partial<Pick<RecordedHours, "rotation">> {
  const own = members.filter((member) => member.agentId === agentId);
  if (own.length === 0) return {};
  const rotation = own.map(({ offset, from, until }) => ({
    id,
    name,
    offset,
    ...(from > startDate ? { from } : {}),
    ...optional("until", until),
    ...more,
  }));
  return { rotation };
}
