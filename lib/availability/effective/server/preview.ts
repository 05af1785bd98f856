import { setImmediate } from "node:timers/promises";
import type { PolicyPreview } from "@/lib/availability/effective/contract";
import type { AvailabilityPolicy } from "@/lib/availability/effective/deciders";
import { verdictsAt } from "@/lib/availability/effective/rules";
import type { EffectiveRepository } from "@/lib/availability/effective/server/repository";
import { factsOf } from "@/lib/availability/effective/server/serializer";
import { channels } from "@/lib/availability/effective/values";
import type { AuthorizedWorkspaceId } from "@/lib/platform/ids";

/** Most agents whose facts are read for a preview: about 100 ms of computing. */
export const previewedAgents = 5_000;

const pageSize = 500;
const beforeAll = "00000000-0000-0000-0000-000000000000";

/**
 * Counts the agents whose channels are open at `now` under two policies. With more than `previewedAgents`
 * agents, projects the counts from a sample.
 */
export async function previewPolicies(
  repository: Pick<EffectiveRepository, "countAgents" | "findSample">,
  workspaceId: AuthorizedWorkspaceId,
  policies: { before: AvailabilityPolicy; after: AvailabilityPolicy },
  now: Date,
  limit = previewedAgents,
): Promise<PolicyPreview> {
  const agents = await repository.countAgents(workspaceId);
  const share = Math.max(1, Math.ceil(agents / limit));
  const counts = {
    messaging: { before: 0, after: 0 },
    email: { before: 0, after: 0 },
    voice: { before: 0, after: 0 },
  };
  let seen = 0;
  for (let after = beforeAll; ; ) {
    const rows = await repository.findSample(workspaceId, { after, share, limit: pageSize });
    for (const row of rows) {
      const facts = factsOf(row, now.getTime());
      for (const when of ["before", "after"] as const) {
        const verdicts = verdictsAt(facts, policies[when], now.getTime());
        for (const channel of channels) if (verdicts[channel].open) counts[channel][when]++;
      }
    }
    seen += rows.length;
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) break;
    after = last.id;
    // Lets other requests run between two pages.
    await setImmediate();
  }
  const project = (count: number) => (share === 1 ? count : Math.round((count * agents) / Math.max(1, seen)));
  for (const channel of channels)
    for (const when of ["before", "after"] as const) counts[channel][when] = project(counts[channel][when]);
  return { at: now.toISOString(), agents, ...(share === 1 ? {} : { sample: seen }), channels: counts };
}
