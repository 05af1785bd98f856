import { readdir } from "node:fs/promises";
import type { z } from "zod";
import type { getReadiness } from "@/lib/outward/health/contract";
import type { DatabaseFacts, HealthRepository } from "@/lib/outward/health/server/repository";
import type { Database } from "@/lib/platform/database/db";
import type { Logger } from "@/lib/platform/logger";
import type { Room } from "@/lib/platform/storage/server/disk";

export type Readiness = z.output<typeof getReadiness.success.body>;

interface Dependencies {
  db: Database;
  repository: HealthRepository;
  migrationsFolder: string;
  /** Checks free disk space for uploads; undefined if uploads are stored elsewhere. */
  room: (() => Promise<Room>) | undefined;
  zones: { release: string; isOld(now: Date): boolean };
  logger: Logger;
}

/** How long a result is reused, in milliseconds: probes are frequent and unauthenticated. */
const holds = 1_000;

/** Seconds after which a waiting job is late. */
const late = 60;

function jobsCheck(found: DatabaseFacts["jobs"]): Readiness["checks"]["jobs"] {
  if (!found)
    return {
      dispatcherLag: null,
      oldestDueJob: null,
      warning: "Background jobs, such as mail, have not started. If this lasts, the log says why.",
    };
  const facts = {
    dispatcherLag: Math.round(found.dispatcherLag),
    oldestDueJob: Math.round(found.oldestDueJob),
  };
  return Math.max(facts.dispatcherLag, facts.oldestDueJob) <= late
    ? facts
    : { ...facts, warning: "Background jobs, such as mail, are more than a minute late." };
}

/** Reports whether the product can serve requests. */
export function createHealthService({ db, repository, migrationsFolder, room, zones, logger }: Dependencies) {
  let last: { at: number; found: Promise<Readiness> } | undefined;
  let names: Promise<string[]> | undefined;

  /** Names of the migrations that this version needs. They never change at run time. */
  function migrationNames(): Promise<string[]> {
    names ??= readdir(migrationsFolder, { withFileTypes: true }).then((entries) =>
      entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name),
    );
    names.catch(() => {
      names = undefined;
    });
    return names;
  }

  async function lookAtDatabase(): Promise<Pick<Readiness["checks"], "database" | "migrations" | "jobs">> {
    const facts = await repository.inspect().catch((error: unknown) => {
      logger.warn({ err: error }, "not ready: the database is unreachable");
      return undefined;
    });
    if (!facts) return { database: "unreachable", migrations: "unknown", jobs: jobsCheck(undefined) };
    const had = facts.migrations ?? new Set();
    const missing = (await migrationNames()).filter((name) => !had.has(name));
    if (missing.length > 0) logger.warn({ missing }, "not ready: migrations are missing");
    return {
      database: facts.readOnly ? "readOnly" : "ok",
      migrations: missing.length > 0 ? "pending" : "ok",
      jobs: jobsCheck(facts.jobs),
    };
  }

  async function look(now: Date): Promise<Readiness> {
    const [database, disk] = await Promise.all([lookAtDatabase(), room ? room() : ("remote" as const)]);
    const { release } = zones;
    const warning = zones.isOld(now)
      ? "The time zone data is more than a year old. Update it (ZONE_DATA_FILE)."
      : undefined;
    const passed =
      database.database === "ok" && database.migrations === "ok" && (disk === "ok" || disk === "remote");
    return {
      status: passed ? "ok" : "unavailable",
      checks: { ...database, disk, zoneData: { release, ...(warning ? { warning } : {}) } },
    };
  }

  return {
    /** Throws `DatabaseUnavailableError` if the database does not respond. */
    async check(): Promise<{ status: "ok" }> {
      await db.query("SELECT 1 AS answer");
      return { status: "ok" };
    },

    /** Checks everything that requests need. Results are at most a second old. */
    readiness(now: Date): Promise<Readiness> {
      if (!last || now.getTime() - last.at >= holds) last = { at: now.getTime(), found: look(now) };
      const { found } = last;
      found.catch(() => {
        if (last?.found === found) last = undefined;
      });
      return found;
    },
  };
}

export type HealthService = ReturnType<typeof createHealthService>;
