import type { Principal } from "@/lib/auth/permissions";
import { ApiError } from "@/lib/http/errors";
import { newId, type SessionId, type UserId } from "@/lib/ids";
import type { Session } from "@/lib/sessions/contract";
import type { SessionRepository } from "@/lib/sessions/repository";

/** Characters of a browser's own description that are kept. */
const userAgentLength = 512;

/** The sessions of browsers. Whether one is still good is asked with each request, in `lib/auth`. */
export function createSessionService(repository: SessionRepository) {
  return {
    /** Begins a session for somebody whose password was right. The session that it `replaces` in their browser ends. */
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

    /** Ends one of the caller's own. Throws `SessionNotFound`, also for one that has just ended; `Forbidden`. */
    async end(principal: Principal, sessionId: SessionId): Promise<void> {
      const { id } = personOf(principal);
      if (!(await repository.end(id, sessionId)))
        throw new ApiError("SessionNotFound", "You have no such session; it may have ended already.");
    },

    /** Ends all of the caller's own but the one that they call by. Throws `Forbidden` for an access key. */
    async endOthers(principal: Principal): Promise<void> {
      const { id, sessionId } = personOf(principal);
      await repository.endOthers(id, sessionId);
    },

    /** Ends the session of a browser that signs out. Nothing happens when it has ended already. */
    async signOut(session: { userId: UserId; sessionId: SessionId }): Promise<void> {
      await repository.end(session.userId, session.sessionId);
    },

    /** Removes sessions that have ended by themselves, and says how many. */
    sweep: (now: Date): Promise<number> => repository.sweep(now),
  };
}

export type SessionService = ReturnType<typeof createSessionService>;

function personOf(principal: Principal): { id: UserId; sessionId: SessionId | undefined } {
  if (principal.kind !== "user") throw new ApiError("Forbidden", "An access key has no sessions.");
  return { id: principal.id, sessionId: principal.sessionId };
}
