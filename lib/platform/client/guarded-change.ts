import { RequestError } from "@/lib/platform/client/client";
import { isSame } from "@/lib/platform/sameness";

/** Returns whether a write failed because someone else had changed the resource. */
export function isConflict(error: unknown): error is RequestError {
  return error instanceof RequestError && error.status === 412;
}

/** A change of one resource, with the state that the user based it on. */
export interface Guarded<Data, Change> {
  id: string;
  change: Change;
  /** Without it, changes by others are overwritten. */
  base?: Data | undefined;
}

type Fields = Record<string, unknown>;

/**
 * Sends a change with the current ETag. Rejects with `RequestError` 412, and writes nothing, if someone has
 * changed one of the same properties since `base`; other properties don't conflict. `fieldsOf` maps a
 * resource to the names in `change`.
 */
export async function sendGuarded<Data extends object, Change extends object, Answer>(
  { change, base }: Guarded<Data, Change>,
  read: () => Promise<{ data: Data; etag: string | undefined }>,
  write: (ifMatch: string) => Promise<Answer>,
  fieldsOf: (data: Data) => object = (data) => data,
): Promise<Answer> {
  for (let again = true; ; again = false) {
    const { data, etag = "*" } = await read();
    if (base) {
      const [before, now] = [fieldsOf(base) as Fields, fieldsOf(data) as Fields];
      if (Object.keys(change).some((key) => !isSame(before[key] ?? null, now[key] ?? null)))
        throw new RequestError(
          412,
          "PreconditionFailed",
          "Someone else changed it in the meantime.",
          {},
          undefined,
        );
    }
    try {
      return await write(etag);
    } catch (error) {
      if (!again || !isConflict(error)) throw error;
    }
  }
}
