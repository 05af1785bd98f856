import { z } from "zod";
import { idSchema, instantSchema, uuidSchema } from "@/lib/platform/http/fields";
import { members, operation, response } from "@/lib/platform/http/operation";
import { workspaceParams } from "@/lib/platform/http/paths";
import { text } from "@/lib/platform/http/text";
import type { ViewId } from "@/lib/platform/ids";

/** Maximum number of views per person and workspace. */
export const viewLimit = 50;

/** A saved list page: a name and its URL query. */
export const savedViewSchema = z
  .strictObject({
    id: uuidSchema,
    name: z.string(),
    search: z.string(),
    createdAt: instantSchema,
    updatedAt: instantSchema,
  })
  .meta({ id: "SavedView" });

export type SavedView = z.output<typeof savedViewSchema>;

const nameSchema = text({ min: 1, max: 80, trim: true });
const searchSchema = text({ max: 2000 }).meta({
  description: "The query string of the page, stored exactly as given.",
  example: "agentStatuses=active&sortBy=name",
});

export const viewDraftSchema = z
  .strictObject({ name: nameSchema, search: searchSchema })
  .meta({ id: "SavedViewDraft" });

/** A change of a view. Omitted properties stay as they are. */
export const viewChangeSchema = z
  .strictObject({ name: nameSchema.optional(), search: searchSchema.optional() })
  .meta({ id: "SavedViewChange" });

export type ViewDraft = z.output<typeof viewDraftSchema>;
export type ViewChange = z.output<typeof viewChangeSchema>;

const collection = "/api/workspaces/{workspaceId}/views";
const one = `${collection}/{viewId}` as const;
const viewParams = workspaceParams.extend({ viewId: idSchema<ViewId>("The view.") });
const shared = { tag: "Saved views", access: members("agents.read") } as const;

export const listViews = operation({
  ...shared,
  id: "listViews",
  method: "GET",
  path: collection,
  summary: "List your own views",
  description: "All views, sorted by name. 403 for an access key.",
  params: workspaceParams,
  success: response.ok(
    "The caller's views in this workspace.",
    z.strictObject({ results: z.array(savedViewSchema) }),
  ),
});

export const createView = operation({
  ...shared,
  id: "createView",
  method: "POST",
  path: collection,
  summary: "Save a view",
  description: `At most ${viewLimit} per person and workspace (422). Only that person can see them.`,
  params: workspaceParams,
  reads: ["Idempotency-Key"],
  body: viewDraftSchema,
  invalid: "InvalidView",
  success: response.created("The new view.", savedViewSchema),
  errors: ["ViewAlreadyExists"],
});

export const getView = operation({
  ...shared,
  id: "getView",
  method: "GET",
  path: one,
  summary: "Get one of your own views",
  params: viewParams,
  reads: ["If-None-Match"],
  success: response.okWithTag("The view.", savedViewSchema),
  errors: ["ViewNotFound"],
});

export const patchView = operation({
  ...shared,
  id: "patchView",
  method: "PATCH",
  path: one,
  summary: "Change one of your own views",
  params: viewParams,
  reads: ["If-Match"],
  body: viewChangeSchema,
  invalid: "InvalidView",
  success: response.okWithTag("The view after the change.", savedViewSchema),
  errors: ["ViewNotFound", "ViewAlreadyExists"],
});

export const deleteView = operation({
  ...shared,
  id: "deleteView",
  method: "DELETE",
  path: one,
  summary: "Delete one of your own views",
  params: viewParams,
  reads: ["If-Match"],
  success: response.noContent("The view was deleted."),
  errors: ["ViewNotFound"],
});
