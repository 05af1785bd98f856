import type { Database } from "@/lib/platform/database/db";
import { databaseErrorFacts } from "@/lib/platform/database/errors";
import { ApiError } from "@/lib/platform/http/errors";
import type { RepeatableRequest, StoredAnswer } from "@/lib/platform/http/server/services";
import type { Secrets } from "@/lib/platform/security/secrets";
import type { IdempotencyRepository } from "@/lib/records/idempotency/server/repository";

/** Retention of responses in milliseconds. */
const keptFor = 24 * 60 * 60 * 1000;

/** Implements `Idempotency-Key`: a repeated request gets the first response. */
export function createIdempotencyService(db: Database, repository: IdempotencyRepository, secrets: Secrets) {
  const seal = (answer: StoredAnswer) => ({
    ...answer,
    body: secrets.seal("kept-answer", answer.body),
  });

  function open(answer: StoredAnswer): StoredAnswer {
    try {
      return { ...answer, body: secrets.open("kept-answer", answer.body) };
    } catch (cause) {
      throw new ApiError(
        "IdempotencyKeyReused",
        "The first request with this Idempotency-Key succeeded, but its response is no longer available. Check the resource that it created.",
        { cause },
      );
    }
  }

  return {
    /** Deletes stored responses about a deleted resource. Call it in the transaction of the deletion. */
    forget(location: string): Promise<void> {
      return repository.forget(location);
    },

    /**
     * Runs `work` once per actor, method, path and key within 24 hours; repeats get the first response. Key,
     * change and response are one transaction, and errors are not stored. Throws `IdempotencyKeyReused`
     * (different body) or `IdempotencyKeyInUse` (the first request is still running).
     */
    async once(
      request: RepeatableRequest,
      work: () => Promise<StoredAnswer>,
    ): Promise<{ repeated: boolean; answer: StoredAnswer }> {
      const { body, sealed, now, ...identity } = request;
      if (!/^[\x21-\x7e]{1,255}$/.test(identity.key))
        throw new ApiError(
          "BadRequest",
          "Idempotency-Key must have 1 to 255 visible ASCII characters, such as a UUID.",
        );
      let claimed: boolean | undefined;
      try {
        return await db.transaction(async () => {
          claimed = undefined;
          claimed = await repository.claim(identity, body, now, new Date(now.getTime() + keptFor));
          if (claimed) {
            const answer = await work();
            await repository.keep(identity, sealed ? seal(answer) : answer);
            await repository.prune(now);
            return { repeated: false, answer };
          }
          const kept = await repository.find(identity, body);
          if (!kept?.answer) throw inUse();
          if (!kept.sameBody)
            throw new ApiError(
              "IdempotencyKeyReused",
              "This Idempotency-Key was already used with a different body. Use a new key for a new request.",
            );
          return { repeated: true, answer: sealed ? open(kept.answer) : kept.answer };
        });
      } catch (error) {
        // Only a lock timeout on the key itself: `work` has its own locks.
        if (claimed === undefined && databaseErrorFacts(error).state === "55P03") throw inUse(error);
        throw error;
      }
    },
  };
}

const inUse = (cause?: unknown) =>
  new ApiError(
    "IdempotencyKeyInUse",
    "The first request with this Idempotency-Key is still running. Try again in a moment.",
    { cause },
  );

export type IdempotencyService = ReturnType<typeof createIdempotencyService>;
