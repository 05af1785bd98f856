import { z } from "zod";
import { booleanSchema } from "@/lib/platform/http/fields";
import { members, operation, response } from "@/lib/platform/http/operation";
import { workspaceParams } from "@/lib/platform/http/paths";

export const demoSchema = z
  .strictObject({
    available: z
      .boolean()
      .meta({ description: "Whether this is the demo workspace, on a server that simulates it." }),
    running: z.boolean().meta({ description: "Whether the simulation is running." }),
  })
  .meta({ id: "Demo" });

export type Demo = z.output<typeof demoSchema>;

const shared = {
  path: "/api/workspaces/{workspaceId}/demo",
  tag: "Operation",
  params: workspaceParams,
} as const;

export const getDemo = operation({
  ...shared,
  id: "getDemo",
  method: "GET",
  summary: "Get the state of the demo",
  access: members("settings.read"),
  success: response.ok("The state.", demoSchema),
});

export const patchDemo = operation({
  ...shared,
  id: "patchDemo",
  method: "PATCH",
  summary: "Start or stop the demo",
  description:
    "While the demo runs, about a hundred agents of the demo workspace change their status, activity, load and presence.",
  access: members("settings.write"),
  body: z.strictObject({ running: booleanSchema }).meta({ id: "DemoChange" }),
  invalid: "InvalidDemo",
  success: response.ok("The state after the change.", demoSchema),
  errors: ["NotADemo"],
});
