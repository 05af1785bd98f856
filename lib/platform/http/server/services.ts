import type { Clock } from "@/lib/platform/clock";
import type { Logger } from "@/lib/platform/logger";
import type { AuditAction } from "@/lib/platform/security/audit-actions";
import type { Actor, Principal } from "@/lib/platform/security/permissions";

/** The authenticated sender of a request. */
export interface Caller {
  principal: Principal;
  /** Undefined if the path has no workspace, or the caller is not a member of it. */
  actor: Actor | undefined;
}

/** Whose rate limit a request counts toward. */
export type Counted = { kind: "user" | "accessKey"; id: string } | { kind: "address"; address: string };

/** A response that can be stored and sent again. */
export interface StoredAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** A request with an `Idempotency-Key`. A repeat must have the same `body` (canonical JSON). */
export interface RepeatableRequest {
  actorId: string;
  method: string;
  path: string;
  key: string;
  body: string;
  /** Whether to encrypt the stored response because it contains a secret. */
  sealed: boolean;
  now: Date;
}

/** The interface between the HTTP layer and the product; implemented in `lib/services.ts`. */
export interface HttpServices {
  settings: { trustedProxies: number; publicUrl: string; checkResponses: boolean };
  clock: Clock;
  logger: Logger;
  auth: {
    /** Throws `Unauthorized`. With `isBackground`, the credentials don't count as used. */
    authenticate(
      headers: Headers,
      workspace: string | undefined,
      now: Date,
      options?: { isBackground?: boolean },
    ): Promise<Caller>;
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
