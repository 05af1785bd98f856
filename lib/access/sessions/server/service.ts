import type { Session } from "@/lib/access/sessions/contract";
import type { SessionRepository } from "@/lib/access/sessions/server/repository";
import type { Database } from "@/lib/platform/database/db";
import { ApiError } from "@/lib/platform/http/errors";
import { newId, type SessionId, type UserId } from "@/lib/platform/ids";
import type { Principal } from "@/lib/platform/security/permissions";
import type { AuditService } from "@/lib/records/audit/server/service";

/** Maximum number of stored characters of a `User-Agent`. */
const userAgentLength = 512;

interface Dependencies {
  db: Database;
  repository: SessionRepository;
  audit: Pick<AuditService, "recordOfPerson">;
}

interface Origin {
  address: string;
  now: Date;
}

type Person = Extract<Principal, { kind: "user" }>;

/** Manages browser sessions. `lib/access/auth` checks on each request whether one is valid. */
export function createSessionService({ db, repository, audit }: Dependencies) {
  const recordEnd = (
    person: Pick<Person, "id" | "name">,
    details: { reason: "signedOut" | "ended" | "endedOthers"; sessions?: number },
    { address, now }: Origin,
  ) => audit.recordOfPerson(person, { action: "session.ended", outcome: "ok", address, details }, now);

  return {
    /**
     * Creates a session after a successful sign-in, and ends the session that it `replaces` in the browser.
     */
    async open(
      person: { id: UserId; sessionVersion: number },
      from: { address: string; userAgent: string | null; now: Date },
      replaces: SessionId | undefined,
    ): Promise<SessionId> {
      const id = newId<SessionId>();
      await repository.add(
        {
          id,
          userId: person.id,
          sessionVersion: person.sessionVersion,
          userAgent: from.userAgent?.slice(0, userAgentLength) || null,
          address: from.address === "unknown" ? null : from.address,
          now: from.now,
        },
        replaces,
      );
      return id;
    },

    /** Throws `Forbidden` for an access key. */
    async list(principal: Principal, now: Date): Promise<{ results: Session[] }> {
      const { id, sessionId } = personOf(principal);
      const rows = await repository.list(id, now);
      return {
        results: rows.map((row) => ({
          id: row.id,
          current: row.id === sessionId,
          createdAt: row.createdAt.toISOString(),
          lastSeenAt: row.lastSeenAt.toISOString(),
          ...(row.userAgent === null ? {} : { userAgent: row.userAgent }),
          ...(row.address === null ? {} : { address: row.address }),
        })),
      };
    },

    /**
     * Ends one of the caller's sessions. Throws `SessionNotFound` (unknown or already ended) or `Forbidden`.
     */
    async end(principal: Principal, sessionId: SessionId, origin: Origin): Promise<void> {
      const person = personOf(principal);
      await db.transaction(async () => {
        if (!(await repository.end(person.id, sessionId)))
          throw new ApiError(
            "SessionNotFound",
            "You have no session with this id. It may have already ended.",
          );
        await recordEnd(person, { reason: "ended" }, origin);
      });
    },

    /** Ends all of the caller's sessions except the current one. Throws `Forbidden` for an access key. */
    async endOthers(principal: Principal, origin: Origin): Promise<void> {
      const person = personOf(principal);
      await db.transaction(async () => {
        const ended = await repository.endOthers(person.id, person.sessionId);
        if (ended > 0) await recordEnd(person, { reason: "endedOthers", sessions: ended }, origin);
      });
    },

    /** Ends a session on sign-out. Does nothing if it has already ended. */
    async signOut(person: Pick<Person, "id" | "name">, sessionId: SessionId, origin: Origin): Promise<void> {
      await db.transaction(async () => {
        if (await repository.end(person.id, sessionId))
          await recordEnd(person, { reason: "signedOut" }, origin);
      });
    },

    /** Deletes expired sessions. Returns how many. */
    sweep: (now: Date): Promise<number> => repository.sweep(now),
  };
}

export type SessionService = ReturnType<typeof createSessionService>;

function personOf(principal: Principal): Person {
  if (principal.kind !== "user")
    throw new ApiError("Forbidden", "An access key has no sessions. Sign in as a person.");
  return principal;
}
