import { z } from "zod";
import { availabilityCodeSchema } from "@/lib/availability/effective/contract";
import { idSchema, instantSchema, uuidSchema } from "@/lib/platform/http/fields";
import { members, operation, response } from "@/lib/platform/http/operation";
import { workspaceParams } from "@/lib/platform/http/paths";
import type { AgentId } from "@/lib/platform/ids";

/** Maximum number of agents per request. Their ids fit into a URL. */
export const verdictLimit = 200;

const limits = `must have from 1 to ${verdictLimit} ids.`;
const closersSchema = z.array(availabilityCodeSchema);

/** The codes that currently close each channel of an agent, without times and details. */
export const agentVerdictSchema = z
  .strictObject({
    agentId: uuidSchema,
    closedBy: z
      .strictObject({ messaging: closersSchema, email: closersSchema, voice: closersSchema })
      .meta({ description: "All codes that close a channel, in order. Empty for an open channel." }),
  })
  .meta({ id: "AgentVerdict" });

export const agentVerdictsSchema = z.strictObject({
  at: instantSchema,
  results: z.array(agentVerdictSchema).meta({ description: "In no particular order." }),
});

export type AgentVerdict = z.output<typeof agentVerdictSchema>;
export type AgentVerdicts = z.output<typeof agentVerdictsSchema>;

export const listVerdicts = operation({
  id: "listVerdicts",
  method: "GET",
  path: "/api/workspaces/{workspaceId}/inbox/verdicts",
  tag: "Availability",
  summary: "List what agents can take now",
  description: "For the rows of a list. Unknown agents are left out.",
  access: members("agents.read"),
  params: workspaceParams,
  query: z.strictObject({
    agentIds: z
      .array(idSchema<AgentId>("An agent."), { error: limits })
      .overwrite((ids) => [...new Set(ids)])
      .min(1, { error: limits })
      .max(verdictLimit, { error: limits })
      .meta({ description: `The agents, at most ${verdictLimit}.` }),
  }),
  success: response.ok("The verdicts.", agentVerdictsSchema),
});
