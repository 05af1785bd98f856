import { z } from "zod";
import { uuidSchema } from "@/lib/platform/http/fields";
import { operation, response, signedIn } from "@/lib/platform/http/operation";

/** A tenant. */
export const workspaceSchema = z
  .strictObject({ id: uuidSchema, name: z.string(), slug: z.string(), timezone: z.string() })
  .meta({ id: "Workspace" });

export type Workspace = z.output<typeof workspaceSchema>;

export const listWorkspaces = operation({
  id: "listWorkspaces",
  method: "GET",
  path: "/api/workspaces",
  tag: "Workspaces",
  summary: "List the caller's workspaces",
  access: signedIn,
  params: z.object({}),
  success: response.ok(
    "The caller's workspaces, sorted by name.",
    z.strictObject({ results: z.array(workspaceSchema) }),
  ),
});
