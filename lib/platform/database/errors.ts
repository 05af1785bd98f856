import { Prisma } from "@/lib/generated/prisma/client";
import { outageDigest } from "@/lib/platform/outage";

/**
 * Why the database can't serve a request right now: unreachable, read-only, out of disk space, or too busy
 * (timeouts and repeated conflicts).
 */
export type Trouble = "unreachable" | "readOnly" | "full" | "busy";

/** The database is temporarily unavailable; the same request may succeed later. Answered with 503. */
export class DatabaseUnavailableError extends Error {
  override name = "DatabaseUnavailableError";
  /** Next.js passes this on to error boundaries in the browser. */
  readonly digest = outageDigest;

  constructor(message: string, options: { cause?: unknown; trouble?: Trouble } = {}) {
    super(message, { cause: options.cause });
    this.trouble = options.trouble ?? "unreachable";
  }

  readonly trouble: Trouble;
}

/** The error that PostgreSQL reported, regardless of how Prisma or the driver wrapped it. */
export interface DatabaseErrorFacts {
  /** SQLSTATE, if PostgreSQL sent one. */
  state: string | undefined;
  /** Name of the violated constraint, if any. */
  constraint: string | undefined;
}

/** SQLSTATE patterns and their trouble; the first match counts. */
const troubles: readonly [RegExp, Trouble][] = [
  [/^25006$/, "readOnly"],
  [/^53100$/, "full"],
  // Canceled, lock timeout, transaction timeouts, serialization failure, deadlock.
  [/^(57014|55P03|25P0[34]|40001|40P01)$/, "busy"],
  // Connection exceptions, other resource limits, shutdown or startup, system errors.
  [/^(08...|53...|57P0.|58000|58030)$/, "unreachable"],
];

/** Socket error codes and Prisma error codes. */
const codes: Readonly<Record<string, Trouble>> = {
  ECONNREFUSED: "unreachable",
  ECONNRESET: "unreachable",
  EPIPE: "unreachable",
  ENOTFOUND: "unreachable",
  ENETUNREACH: "unreachable",
  EHOSTUNREACH: "unreachable",
  EHOSTDOWN: "unreachable",
  ETIMEDOUT: "unreachable",
  EAI_AGAIN: "unreachable",
  P1001: "unreachable",
  P1002: "unreachable",
  P1008: "unreachable",
  P1017: "unreachable",
  P2024: "busy",
  P2028: "busy",
  P2034: "busy",
  P2037: "unreachable",
};

/** Messages of `pg` for connections that failed or were lost; it sets no code for these. */
const messages =
  /^(timeout exceeded when trying to connect|timeout expired|Connection terminated|Client has encountered a connection error|Client was closed|Cannot use a pool after calling end)/;

function chain(error: unknown): unknown[] {
  const seen: unknown[] = [];
  const queue = [error];
  while (queue.length > 0 && seen.length < 20) {
    const current = queue.shift();
    if (typeof current !== "object" || current === null || seen.includes(current)) continue;
    seen.push(current);
    const { cause, meta, driverAdapterError } = current as Record<string, unknown>;
    queue.push(cause, meta, driverAdapterError);
    if (current instanceof AggregateError) queue.push(...current.errors);
  }
  return seen;
}

/** Extracts SQLSTATE and constraint from an error of `pg` or Prisma. */
export function databaseErrorFacts(error: unknown): DatabaseErrorFacts {
  let state: string | undefined;
  let constraint: string | undefined;
  for (const part of chain(error)) {
    const { code, originalCode, constraint: named, originalMessage } = part as Record<string, unknown>;
    for (const candidate of [originalCode, code])
      if (
        typeof candidate === "string" &&
        /^[0-9A-Z]{5}$/.test(candidate) &&
        !/^(P\d{4}|E[A-Z]{4})$/.test(candidate)
      )
        state ??= candidate;
    if (typeof named === "string") constraint ??= named;
    if (typeof originalMessage === "string") constraint ??= /constraint "([^"]+)"/.exec(originalMessage)?.[1];
  }
  return { state, constraint };
}

/** Returns whether the error is a violation of a unique constraint. */
export function isUniqueViolation(error: unknown): boolean {
  return (
    databaseErrorFacts(error).state === "23505" ||
    (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002")
  );
}

/** Returns whether the error is a violation of a foreign key. */
export function isForeignKeyViolation(error: unknown): boolean {
  return (
    databaseErrorFacts(error).state === "23503" ||
    (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2003")
  );
}

/** Returns whether the error is a violation of an exclusion constraint. */
export function isExclusionViolation(error: unknown): boolean {
  return databaseErrorFacts(error).state === "23P01";
}

/** Returns whether the error is a conflict between transactions, which a retry may resolve. */
export function isConflict(error: unknown): boolean {
  const { state } = databaseErrorFacts(error);
  return (
    state === "40001" ||
    state === "40P01" ||
    chain(error).some((part) => Reflect.get(Object(part), "code") === "P2034")
  );
}

/** Classifies an error known to come from the driver or Prisma; undefined for other errors. */
export function troubleOf(error: unknown): Trouble | undefined {
  const parts = chain(error);
  for (const part of parts) {
    const { name, trouble } = part as Record<string, unknown>;
    if (name === "DatabaseUnavailableError") return trouble as Trouble;
  }
  const { state } = databaseErrorFacts(error);
  if (state !== undefined) return troubles.find(([pattern]) => pattern.test(state))?.[1];
  for (const part of parts) {
    const { code, message } = part as Record<string, unknown>;
    if (typeof code === "string" && codes[code]) return codes[code];
    if (typeof message === "string" && messages.test(message)) return "unreachable";
  }
  return undefined;
}

/**
 * Classifies any thrown value; undefined for errors of other systems. Goes by name, not `instanceof`, because a
 * bundler may load the class twice.
 */
export function databaseTrouble(error: unknown): Trouble | undefined {
  if (!(error instanceof Error)) return undefined;
  const ofDatabase =
    /^(DatabaseUnavailableError$|PrismaClient|DriverAdapter)/.test(error.name) ||
    messages.test(error.message) ||
    // Only errors that PostgreSQL sent have a severity.
    "severity" in error;
  return ofDatabase ? troubleOf(error) : undefined;
}
