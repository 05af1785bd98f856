import { agentNotFound, resolveAgent } from "@/lib/access/auth/server/agent-reference";
import { longestPeriodDays, type Spans, type SpansQuery } from "@/lib/availability/spans/contract";
import { spansBetween } from "@/lib/availability/spans/rules";
import type { SpanRepository } from "@/lib/availability/spans/server/repository";
import { ApiError } from "@/lib/platform/http/errors";
import type { AgentReference } from "@/lib/platform/http/paths";
import type { Reply } from "@/lib/platform/http/server/reply";
import { optional } from "@/lib/platform/http/wire";
import type { Actor } from "@/lib/platform/security/permissions";
import { DAY_MS } from "@/lib/platform/time/calendar";

/** Maximum number of changes in one answer. A program can change an agent many times a second. */
const mostSpans = 10_000;

export function createSpanService(repository: SpanRepository) {
  return {
    /** Returns what an agent declared during a period. Throws `AgentNotFound` or `InvalidQuery`. */
    async list(actor: Actor, reference: AgentReference, query: SpansQuery, now: Date): Promise<Reply<Spans>> {
      const { from, to } = periodOf(query, now.getTime());
      const agentId = resolveAgent(actor, reference);
      const points = await repository.between(actor.workspaceId, agentId, from, to, mostSpans + 1);
      if (!points) throw agentNotFound();
      if (points.length > mostSpans)
        throw new ApiError("InvalidQuery", "The period has too many changes. Check from and to.", {
          details: { from: [`begins a period with more than ${mostSpans} changes. Ask for a shorter one.`] },
        });
      const results = spansBetween(points, from, to).map((span) => ({
        from: new Date(span.from).toISOString(),
        ...(span.to === now.getTime() ? {} : { to: new Date(span.to).toISOString() }),
        status: span.status,
        activity: span.activity,
        ...optional("activityText", span.activityText),
        cause: span.cause,
      }));
      return { data: { results } };
    },
  };
}

/** Returns the period of a query in epoch milliseconds. Throws `InvalidQuery` if it is reversed or too long. */
function periodOf(query: SpansQuery, now: number): { from: number; to: number } {
  const to = Math.min(query.to ?? now, now);
  const from = query.from ?? to - DAY_MS;
  const problem =
    from > to
      ? "must not be later than to, and not in the future."
      : to - from > longestPeriodDays * DAY_MS
        ? `must be at most ${longestPeriodDays} days before to. Ask for shorter periods.`
        : undefined;
  if (problem)
    throw new ApiError("InvalidQuery", "The period is not valid. Check from and to.", {
      details: { from: [problem] },
    });
  return { from, to };
}

export type SpanService = ReturnType<typeof createSpanService>;
