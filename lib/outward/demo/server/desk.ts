import type { Dice } from "@/lib/outward/demo/dice";
import { closesNow, nextAnswer, nextArrival } from "@/lib/outward/demo/rules";
import { type DemoRepository, type DeskRow, livePrefix } from "@/lib/outward/demo/server/repository";
import { type AccessKeyId, newId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";
import { conversationDraftSchema } from "@/lib/routing/conversations/contract";
import type { ConversationService } from "@/lib/routing/conversations/server/service";
import type { ExplainService } from "@/lib/routing/matching/server/explain";
import type { OfferService } from "@/lib/routing/offers/server/service";

export interface DeskServices {
  repository: Pick<DemoRepository, "closable" | "answerable">;
  conversations: Pick<ConversationService, "create" | "close">;
  offers: Pick<OfferService, "accept" | "decline">;
  explanations: Pick<ExplainService, "queueStatus">;
  dice: Dice;
}

/**
 * Starts one step of a demo's desk: a conversation may arrive, and agents answer offers and close
 * conversations. Signed-in agents do both themselves. Each promise is one change.
 */
export async function stepDesk(
  desk: DeskRow,
  { repository, conversations, offers, explanations, dice }: DeskServices,
  now: Date,
): Promise<Promise<unknown>[]> {
  const { workspaceId } = desk;
  const actor: Actor = {
    kind: "accessKey",
    id: newId<AccessKeyId>(),
    name: "Demo inbox",
    via: "accessKey",
    workspaceId,
    agentId: undefined,
    permissions: new Set(["routing.read", "routing.write"]),
  };
  const work: Promise<unknown>[] = [];
  const { queues: statuses } = await explanations.queueStatus(actor, now);
  const queues = desk.queues.flatMap((queue) =>
    statuses.filter(({ queueId }) => queueId === queue.id).map(({ canTake }) => ({ ...queue, canTake })),
  );
  const arrival = nextArrival({ ...desk, queues }, dice);
  if (arrival) {
    const draft = conversationDraftSchema.parse({ ...arrival, externalId: `${livePrefix}${newId()}` });
    work.push(conversations.create(actor, draft, now));
  }
  for (const id of await repository.answerable(workspaceId, now)) {
    const answer = nextAnswer(dice);
    if (answer) work.push(offers[answer](actor, id, now));
  }
  for (const { id, isLost } of await repository.closable(workspaceId, now))
    if (isLost || closesNow(dice)) work.push(conversations.close(actor, id, now));
  return work;
}
