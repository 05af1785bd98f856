import type { Clock } from "@/lib/platform/clock";
import type { Logger } from "@/lib/platform/logger";
import type { AuditAction } from "@/lib/platform/security/audit-actions";
import type { Actor, Principal } from "@/lib/platform/security/permissions";

/** Who sent a request. */
export interface Caller {
  principal: Principal;
  /** Undefined when no workspace was asked for or the caller is not in it. */
  actor: Actor | undefined;
}

/** The caller that a request counts for in the rate limit. */
export type Counted = { kind: "user" | "accessKey"; id: string } | { kind: "address"; address: string };

/** An answer that can be stored and sent again. */
export interface StoredAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** A request with an `Idempotency-Key`. `body` is the canonical JSON that a repeat must match. */
export interface RepeatableRequest {
  actorId: string;
  method: string;
  path: string;
  key: string;
  body: string;
  /** The answer contains a secret, so it is stored encrypted. */
  sealed: boolean;
  now: Date;
}

/** What the HTTP layer needs from the product. `lib/services.ts` provides it; this floor imports none of it. */
export interface HttpServices {
  settings: { trustedProxies: number; publicUrl: string; checkResponses: boolean };
  clock: Clock;
  logger: Logger;
  auth: {
    /** Throws `Unauthorized`. */
    authenticate(headers: Headers, workspace: string | undefined, now: Date): Promise<Caller>;
    /** Runs `work` for a caller seen lately and confirms them with its first statement; undefined when that fails. */
    presuming<T>(
      headers: Headers,
      workspace: string | undefined,
      now: Date,
      work: (caller: Caller) => Promise<T>,
    ): Promise<{ outcome: T } | undefined>;
    noteRefusal(headers: Headers, address: string, now: Date): void;
  };
  limits: {
    /** Returns the rate limit headers. Throws `RateLimited`. */
    count(whom: Counted, now: Date): Promise<Record<string, string>>;
  };
  idempotency: {
    once(
      request: RepeatableRequest,
      work: () => Promise<StoredAnswer>,
    ): Promise<{ repeated: boolean; answer: StoredAnswer }>;
  };
  audit: {
    refused(
      actor: Actor,
      refusal: { action: AuditAction; params: Record<string, string>; reason: string },
      at: Date,
    ): void;
  };
}
