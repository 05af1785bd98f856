import { z } from "zod";
import { idSchema } from "@/lib/platform/http/fields";
import type { AgentId, WorkspaceId } from "@/lib/platform/ids";

/** Path parameters of operations in a workspace. */
export const workspaceParams = z.object({
  workspaceId: idSchema<WorkspaceId>("The workspace."),
});

/** Path parameters of operations on one agent; `me` is the caller's own. */
export const agentParams = workspaceParams.extend({
  agentId: z.union([z.literal("me"), idSchema<AgentId>("The agent.")], {
    error: "must be the UUID of an agent, or me.",
  }),
});

/** An agent's id, or `me` for the caller's own. */
export type AgentReference = AgentId | "me";
