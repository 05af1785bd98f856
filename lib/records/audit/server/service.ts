import type { PageTokens } from "@/lib/platform/http/server/page-token";
import { preferredType, type Reply, type StreamedReply } from "@/lib/platform/http/server/reply";
import type { UserId } from "@/lib/platform/ids";
import type { Logger } from "@/lib/platform/logger";
import type { AuditAction } from "@/lib/platform/security/audit-actions";
import type { Actor } from "@/lib/platform/security/permissions";
import { byteOrderMark } from "@/lib/platform/text/csv";
import type { AuditPage, AuditQuery } from "@/lib/records/audit/contract";
import type { AuditRepository, EventFilter, NewEvent } from "@/lib/records/audit/server/repository";
import { csvEvent, csvHeading, serializeEvent } from "@/lib/records/audit/server/serializer";
import { type AuditOutcome, type AuditTarget, auditTargets } from "@/lib/records/audit/values";
import type { LimitService } from "@/lib/records/limits/server/service";

/** Events that an export reads, and a sweep removes, in one go. */
const batch = 1000;

interface Dependencies {
  repository: AuditRepository;
  limits: Pick<LimitService, "mayNoteRefusal">;
  pageTokens: PageTokens;
  logger: Logger;
  /** Days after which events are removed. */
  keepDays: number;
}

/** What happened, for `record`. */
export interface AuditEntry {
  action: AuditAction;
  target?: { type: AuditTarget; id: string; name?: string | undefined };
  details?: Record<string, unknown>;
}

/** What happened to a person's own way in, for `recordOfPerson`. */
export interface PersonEntry {
  action: AuditAction;
  outcome: AuditOutcome;
  /** The network address of the client. */
  address: string;
  details?: Record<string, unknown>;
}

/** The audit log: who did what for security, when, from where, and with which outcome. */
export function createAuditService({ repository, limits, pageTokens, logger, keepDays }: Dependencies) {
  /** Runs what nobody waits for: the answer to a refused request must neither fail nor take longer because of it. */
  function aside(work: () => Promise<void>): void {
    work().catch((error: unknown) =>
      logger.error({ err: error }, "could not write an event to the audit log"),
    );
  }

  return {
    /** Keeps what an actor has done. Call it inside the transaction of the change: both are kept, or neither. */
    record(actor: Actor, entry: AuditEntry, at: Date): Promise<void> {
      return repository.insert(actor.workspaceId, eventOf(actor, entry, "ok", at));
    },

    /**
     * Keeps that an actor was refused something; `params` are the parts of the path by name. Returns at once and never throws. An actor's refusals are kept up to 60
     * a minute.
     */
    refused(
      actor: Actor,
      refusal: { action: AuditAction; params: Record<string, string>; reason: string },
      at: Date,
    ): void {
      const { action, params, reason } = refusal;
      const type = targetOf(action);
      const targetId = type && params[type === "person" ? "userId" : `${type}Id`];
      const entry: AuditEntry = {
        action,
        ...(type && targetId && isUuid(targetId) ? { target: { type, id: targetId } } : {}),
        details: { reason },
      };
      aside(async () => {
        if (await limits.mayNoteRefusal(actor.id, at))
          await repository.insert(actor.workspaceId, eventOf(actor, entry, "refused", at));
      });
    },

    /**
     * Keeps an event of a person's own way in, such as a sign-in or a new password: in every workspace that lets them in,
     * or in one. Inside a transaction it is part of that.
     */
    recordOfPerson(
      person: { id: UserId; name: string },
      entry: PersonEntry,
      at: Date,
      workspaceId?: string,
    ): Promise<void> {
      return repository.insertOfPerson(person.id, personEvent(person, entry, at), workspaceId);
    },

    /**
     * Keeps that somebody failed to get into the account with this address (in lower case), in every workspace that its
     * owner has joined. Returns at once and never throws. For an unknown address it does the same work and keeps nothing.
     */
    refusedAccount(account: string, entry: Omit<PersonEntry, "outcome">, at: Date): void {
      const event = personEvent(undefined, { ...entry, outcome: "refused" }, at);
      aside(() => repository.insertOfAccount(account, event));
    },

    /** Keeps that an access key was refused because its end has passed; nothing for a key that is unknown. */
    refusedKey(keyHash: Buffer, address: string, at: Date): void {
      const event = personEvent(undefined, { action: "accessKey.used", outcome: "refused", address }, at);
      aside(async () => {
        if (await limits.mayNoteRefusal(keyHash.toString("base64"), at))
          await repository.insertOfExpiredKey(keyHash, { ...event, details: { reason: "expired" } });
      });
    },

    /** A page of events, newest first, or all that match as CSV or JSON lines. Throws `InvalidPageToken`. */
    async list(
      actor: Actor,
      query: AuditQuery,
      accept: string | undefined,
      at: Date,
    ): Promise<Reply<AuditPage> | StreamedReply> {
      const type = preferredType(accept, ["application/json", "text/csv", "application/x-ndjson"]);
      if (type === "application/json") return { data: await page(actor, query) };
      const format = type === "text/csv" ? "csv" : "jsonLines";
      const { limit: _, pageToken: __, ...filter } = query;
      await repository.insert(
        actor.workspaceId,
        eventOf(actor, { action: "audit.exported", details: { format, ...filter } }, "ok", at),
      );
      return {
        pieces: () => (format === "csv" ? asCsv(actor, filter) : asLines(actor, filter)),
        contentType: format === "csv" ? "text/csv; charset=utf-8" : type,
        fileName: `audit-${at.toISOString().slice(0, 10)}.${format === "csv" ? "csv" : "ndjson"}`,
      };
    },

    /** Removes what is older than it is kept; undefined while another process does so. */
    sweep(now: Date): Promise<{ removed: number } | undefined> {
      const before = new Date(now.getTime() - keepDays * 24 * 60 * 60 * 1000);
      return repository.exclusively(async () => {
        let removed = 0;
        for (;;) {
          const count = await repository.removeBefore(before, batch);
          removed += count;
          if (count < batch) return { removed };
        }
      });
    },
  };

  async function page(actor: Actor, { limit, pageToken, ...filter }: AuditQuery): Promise<AuditPage> {
    const { actions, actorId, since, upto } = filter;
    const binding = ["audit", actor.workspaceId, { actions: actions?.toSorted(), actorId, since, upto }];
    const [before] = pageToken === undefined ? [] : pageTokens.read(binding, pageToken);
    const rows = await repository.list(actor.workspaceId, filter, {
      before: before === undefined ? undefined : String(before),
      limit: limit + 1,
    });
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      results: shown.map(serializeEvent),
      ...(last && rows.length > limit ? { nextPageToken: pageTokens.make(binding, [last.id]) } : {}),
    };
  }

  /** All events that match, a batch at a time: no more than one is in memory. */
  async function* batches({ workspaceId }: Actor, filter: EventFilter) {
    for (let before: string | undefined; ; ) {
      const rows = await repository.list(workspaceId, filter, { before, limit: batch });
      yield rows.map(serializeEvent);
      before = rows.at(-1)?.id;
      if (rows.length < batch) return;
    }
  }

  async function* asCsv(actor: Actor, filter: EventFilter) {
    yield byteOrderMark + csvHeading;
    for await (const events of batches(actor, filter)) yield events.map(csvEvent).join("");
  }

  async function* asLines(actor: Actor, filter: EventFilter) {
    for await (const events of batches(actor, filter))
      yield events.map((event) => `${JSON.stringify(event)}\n`).join("");
  }
}

export type AuditService = ReturnType<typeof createAuditService>;

const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** The kind of thing that an action is about; an invitation is about a person. */
function targetOf(action: AuditAction): AuditTarget | undefined {
  const noun = action.slice(0, action.indexOf("."));
  return noun === "invitation" ? "person" : auditTargets.find((type) => type === noun);
}

/** An address to keep; behind a server that hands none over it is "unknown". */
const known = (address: string | undefined) => (address && address !== "unknown" ? address : null);

function eventOf(actor: Actor, entry: AuditEntry, outcome: AuditOutcome, at: Date): NewEvent {
  const { action, target, details = {} } = entry;
  return {
    action,
    outcome,
    actorKind: actor.kind,
    actorId: actor.id,
    actorName: actor.name,
    address: known(actor.address),
    targetType: target?.type ?? null,
    targetId: target?.id ?? null,
    targetName: target?.name ?? null,
    details,
    at,
  };
}

function personEvent(
  person: { id: UserId; name: string } | undefined,
  { action, outcome, address, details = {} }: PersonEntry,
  at: Date,
): NewEvent {
  return {
    action,
    outcome,
    actorKind: person ? "user" : null,
    actorId: person?.id ?? null,
    actorName: person?.name ?? null,
    address: known(address),
    targetType: null,
    targetId: null,
    targetName: null,
    details,
    at,
  };
}
