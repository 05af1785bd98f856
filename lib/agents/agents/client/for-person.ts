import type { z } from "zod";
import type { User } from "@/lib/access/people/contract";
import { createAgent } from "@/lib/agents/agents/client/calls";
import type { agentDraftSchema } from "@/lib/agents/agents/contract";
import { agentKeys, personKeys } from "@/lib/platform/client/cache-keys";
import { merge, useListWrite } from "@/lib/platform/client/list-write";
import { request } from "@/lib/platform/client/request";

type AgentFor = { userId: string } & Pick<
  z.input<typeof agentDraftSchema>,
  "name" | "teamIds" | "weeklySchedule"
>;

/** Creates an agent for a person who has none. Properties left out get the defaults of a new agent. */
export function useMakeAgentFor(workspaceId: string) {
  return useListWrite<User, AgentFor, { agentId: string }>({
    list: personKeys.list(workspaceId),
    write: async (draft) => {
      const { data } = await request(createAgent, {
        params: { workspaceId },
        body: { type: "user", ...draft },
      });
      return { agentId: data.id };
    },
    settle: (items, { agentId }, { userId }) => merge(items, userId, { agentId }),
    touches: [personKeys.all(workspaceId), agentKeys.all(workspaceId)],
  });
}
