import { changes } from "@/lib/platform/client/changes";
import {
  type Callable,
  createClient,
  RequestError,
  type RequestOf,
  type ResponseOf,
} from "@/lib/platform/client/client";
import { sessionGate } from "@/lib/platform/client/session-gate";
import type { Operation } from "@/lib/platform/http/operation";

const client = createClient();

/** Reads that start meanwhile wait for it. */
let released: Promise<void> | undefined;

/**
 * Holds reads that start from now on, because the session is about to end and would refuse them. Returns a function
 * that lets them continue.
 */
export function holdReads(): () => void {
  let release: () => void = () => undefined;
  released = new Promise((resolve) => {
    release = resolve;
  });
  return () => {
    released = undefined;
    release();
  };
}

async function send<O extends Operation>(
  operation: Callable<O>,
  input: RequestOf<O>,
): Promise<ResponseOf<O>> {
  // Previews are sent by POST, but change nothing. So they must not end the undo of the last change.
  const isRead = operation.method === "GET" || operation.path.endsWith("/preview");
  if (isRead) await released;
  const answer = await client(operation, input);
  if (!isRead) changes.tell();
  return answer;
}

/**
 * Calls an operation as the signed-in person. If the session has expired, waits until they sign in again and
 * retries once. Rejects with `RequestError`.
 */
export async function request<O extends Operation>(
  operation: Callable<O>,
  input: RequestOf<O>,
): Promise<ResponseOf<O>> {
  try {
    return await send(operation, input);
  } catch (error) {
    if (!(error instanceof RequestError) || error.code !== "Unauthorized") throw error;
    if ((await sessionGate.wait()) === "abandoned") throw error;
    return send(operation, input);
  }
}

/** Returns a query function that calls an operation and returns the body of its response. */
export function read<O extends Operation>(operation: Callable<O>, input: RequestOf<O>) {
  return async ({ signal }: { signal: AbortSignal }): Promise<ResponseOf<O>["data"]> =>
    (await request(operation, { ...input, signal })).data;
}

interface Page<Item> {
  results: Item[];
  nextPageToken?: string | undefined;
}

/** Reads all pages of a list; only for short lists such as teams or roles. */
export async function readAll<Item>(
  readPage: (query: { limit: string; pageToken?: string }) => Promise<{ data: Page<Item> }>,
): Promise<Item[]> {
  const items: Item[] = [];
  let pageToken: string | undefined;
  do {
    const { data } = await readPage({ limit: "100", ...(pageToken ? { pageToken } : {}) });
    items.push(...data.results);
    pageToken = data.nextPageToken;
  } while (pageToken);
  return items;
}
