import { RequestError } from "@/lib/platform/client/client";
import { isSame } from "@/lib/platform/sameness";

/** Whether a write was refused because somebody else changed the resource first. */
export function isConflict(error: unknown): error is RequestError {
  return error instanceof RequestError && error.status === 412;
}

/** A change of one resource, and the state of it that the person saw. */
export interface Guarded<Data, Change> {
  id: string;
  change: Change;
  /** Left out to replace what others have changed meanwhile. */
  base?: Data | undefined;
}

type Fields = Record<string, unknown>;

/**
 * Sends a change with the ETag of the present state, unless somebody has changed one of the same properties since
 * `base` was read: then it rejects with a `RequestError` 412 and nothing is written. Changes of other properties do
 * not get in the way. `fieldsOf` gives a resource's properties under the names that a change has for them.
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
