import { Prisma } from "@/lib/generated/prisma/client";

/**
 * Why the database does not do what it is asked for at the moment: it can't be reached or does not answer; it takes no
 * changes; it has no room left; or what was asked took too long or got into the way of others.
 */
export type Trouble = "unreachable" | "readOnly" | "full" | "busy";

/** The database is in trouble: nothing is wrong with what was asked, which may work later. Becomes 503. */
export class DatabaseUnavailableError extends Error {
  override name = "DatabaseUnavailableError";

  constructor(message: string, options: { cause?: unknown; trouble?: Trouble } = {}) {
    super(message, { cause: options.cause });
    this.trouble = options.trouble ?? "unreachable";
  }

  readonly trouble: Trouble;
}

/** The facts of a database error, however deep Prisma or the driver wrapped them. */
export interface DatabaseErrorFacts {
  /** SQLSTATE where PostgreSQL gave one. */
  state: string | undefined;
  /** The violated constraint where there is one. */
  constraint: string | undefined;
}

/** SQLSTATE to trouble; the first pattern that fits. */
const troubles: readonly [RegExp, Trouble][] = [
  [/^25006$/, "readOnly"],
  [/^53100$/, "full"],
  // Took too long (by our own limits or by hand), waited too long for a lock, lost against others again and again.
  [/^(57014|55P03|25P0[34]|40001|40P01)$/, "busy"],
  // Connection exceptions, other resources, shutting down or starting up, errors of the system below.
  [/^(08...|53...|57P0.|58000|58030)$/, "unreachable"],
];

/** Codes of sockets, and Prisma's own. */
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

/** What the driver says of a connection that is lost, has ended, or did not come about in time. It has no code for that. */
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

/** Reads SQLSTATE and constraint out of an error of `pg` or of Prisma. */
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

/** Whether a row with the same unique value is there already. */
export function isUniqueViolation(error: unknown): boolean {
  return (
    databaseErrorFacts(error).state === "23505" ||
    (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002")
  );
}

/** Whether two transactions got in each other's way, so that this one may work when it is run again. */
export function isConflict(error: unknown): boolean {
  const { state } = databaseErrorFacts(error);
  return (
    state === "40001" ||
    state === "40P01" ||
    chain(error).some((part) => Reflect.get(Object(part), "code") === "P2034")
  );
}

/** What is the matter with the database, going by an error of its driver or of Prisma; undefined: nothing. */
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
 * What is the matter with the database, going by whatever was thrown by whatever part of the product; undefined: nothing,
 * or it is another system that failed. By name, not by `instanceof`: a bundler may put a class into a process twice.
 */
export function databaseTrouble(error: unknown): Trouble | undefined {
  if (!(error instanceof Error)) return undefined;
  const ofDatabase =
    /^(DatabaseUnavailableError$|PrismaClient|DriverAdapter)/.test(error.name) ||
    messages.test(error.message) ||
    // What PostgreSQL itself reports.
    "severity" in error;
  return ofDatabase ? troubleOf(error) : undefined;
}
