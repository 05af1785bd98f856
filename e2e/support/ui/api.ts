import type { z } from "zod";
import { createClient, type RequestOf, type ResponseOf } from "@/lib/platform/client/client";
import type { Operation } from "@/lib/platform/http/operation";
import { listWorkspaces } from "@/lib/workforce/workspaces/contract";
import { accessKeyOf, baseUrl, type DemoWorkspace } from "./environment";

type Params<O extends Operation> = z.input<O["params"]>;

/** The input of a call without the workspace. */
type Input<O extends Operation> = Omit<RequestOf<O>, "params"> &
  (Exclude<keyof Params<O>, "workspaceId"> extends never
    ? { params?: undefined }
    : { params: Omit<Params<O>, "workspaceId"> });

/** The API of a demo workspace, called with all permissions. */
export interface Api {
  workspaceId: string;
  /** Calls an operation and returns its data. Rejects with `RequestError`. */
  call<O extends Operation>(operation: O, input: Input<O>): Promise<ResponseOf<O>["data"]>;
}

/** Opens the API of a workspace with its access key. */
export async function openApi(workspace: DemoWorkspace): Promise<Api> {
  const request = createClient({
    origin: baseUrl(),
    headers: { Authorization: `AccessKey ${accessKeyOf(workspace)}` },
  });
  const { data } = await request(listWorkspaces, { params: {} });
  const workspaceId = data.results.find(({ slug }) => slug === workspace)?.id;
  if (!workspaceId) throw new Error(`The access key of ${workspace} does not open it.`);
  return {
    workspaceId,
    async call<O extends Operation>(operation: O, input: Input<O>) {
      const params = { ...input.params, workspaceId };
      return (await request(operation, { ...input, params } as unknown as RequestOf<O>)).data;
    },
  };
}
