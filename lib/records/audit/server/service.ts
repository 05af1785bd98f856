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

/** Batch size of exports and sweeps. */
const batch = 1000;

interface Dependencies {
  repository: AuditRepository;
  limits: Pick<LimitService, "mayNoteRefusal">;
  pageTokens: PageTokens;
  logger: Logger;
  /** Retention in days. */
  keepDays: number;
}

/** An actor's event in a workspace, for `record`. */
export interface AuditEntry {
  action: AuditAction;
  target?: { type: AuditTarget; id: string; name?: string | undefined };
  details?: Record<string, unknown>;
}

/** An event of a person's account, for `recordOfPerson`. */
export interface PersonEntry {
  action: AuditAction;
  outcome: AuditOutcome;
  address: string;
  details?: Record<string, unknown>;
}

/** The audit log: security events with actor, time, IP address and outcome. */
export function createAuditService({ repository, limits, pageTokens, logger, keepDays }: Dependencies) {
  /** Runs `work` without waiting, so that a denied request neither fails nor slows down because of it. */
  function aside(work: () => Promise<void>): void {
    work().catch((error: unknown) =>
      logger.error({ err: error }, "could not write an event to the audit log"),
    );
  }

  return {
    /** Prevents other recorded changes of a setting until the transaction ends. */
    lockSetting: (actor: Actor, id: string): Promise<void> => repository.lockSetting(actor.workspaceId, id),

    /** Records an actor's change. Call it in the transaction of the change. */
    record(actor: Actor, entry: AuditEntry, at: Date): Promise<void> {
      return repository.insert(actor.workspaceId, eventOf(actor, entry, "ok", at));
    },

    /**
     * Records that an actor was denied an action; `params` are the path parameters. Not awaited, never
     * throws. Limited to 60 events per actor and minute.
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
     * Records an event of a person's account, such as a sign-in, in every workspace in which they are active,
     * or only in `workspaceId`. Part of the current transaction if there is one.
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
     * Records a failed sign-in to the account with this email (lowercase) in every workspace that its owner
     * has joined. Not awaited, never throws. An unknown email causes the same work.
     */
    refusedAccount(account: string, entry: Omit<PersonEntry, "outcome">, at: Date): void {
      const event = personEvent(undefined, { ...entry, outcome: "refused" }, at);
      aside(() => repository.insertOfAccount(account, event));
    },

    /** Records that an expired access key was used; does nothing for an unknown key. */
    refusedKey(keyHash: Buffer, address: string, at: Date): void {
      const event = personEvent(undefined, { action: "accessKey.used", outcome: "refused", address }, at);
      aside(async () => {
        if (await limits.mayNoteRefusal(keyHash.toString("base64"), at))
          await repository.insertOfExpiredKey(keyHash, { ...event, details: { reason: "expired" } });
      });
    },

    /**
     * Returns a page of events, newest first, or all matching events as CSV or JSON lines. Throws
     * `InvalidPageToken`.
     */
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

    /** Deletes events past their retention. Returns undefined if another process is already doing so. */
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

  /** Yields matching events in batches, so that memory use is bounded. */
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

/** Returns the target type of an action. The target of an invitation is a person. */
function targetOf(action: AuditAction): AuditTarget | undefined {
  const noun = action.slice(0, action.indexOf("."));
  return noun === "invitation" ? "person" : auditTargets.find((type) => type === noun);
}

/** Returns an IP address to store, or null if it is unknown. */
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
