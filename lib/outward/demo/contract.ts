import { z } from "zod";
import { members, operation } from "@/lib/platform/http/operation";
import { workspaceParams } from "@/lib/platform/http/paths";

export const demoSchema = z
  .strictObject({
    available: z
      .boolean()
      .meta({ description: "Whether this is the demo workspace of a server that moves it." }),
    running: z.boolean().meta({ description: "Whether agents come, go and work by themselves now." }),
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
  success: { status: 200, description: "The state.", body: demoSchema },
  errors: [],
});

export const patchDemo = operation({
  ...shared,
  id: "patchDemo",
  method: "PATCH",
  summary: "Start or stop the demo",
  description:
    "In the demo workspace, about a hundred agents change their status, activity, load and presence.",
  access: members("settings.write"),
  body: z
    .strictObject({ running: z.boolean({ error: "must be true or false." }) })
    .meta({ id: "DemoChange" }),
  invalid: "InvalidDemo",
  success: { status: 200, description: "The state after the change.", body: demoSchema },
  errors: ["NotADemo"],
});
