import { createAccessKeyRepository } from "@/lib/access-keys/repository";
import { createAccessKeyService } from "@/lib/access-keys/service";
import { createAgentRepository } from "@/lib/agents/repository";
import { createAgentService } from "@/lib/agents/service";
import { audited } from "@/lib/audit/audited";
import { createAuditRepository } from "@/lib/audit/repository";
import { createAuditService } from "@/lib/audit/service";
import { createAuthRepository } from "@/lib/auth/repository";
import { createAuthService } from "@/lib/auth/service";
import { createAvailabilityRepository } from "@/lib/availability/repository";
import { createAvailabilityService } from "@/lib/availability/service";
import { createCapacityRepository } from "@/lib/capacity/repository";
import { createCapacityService } from "@/lib/capacity/service";
import { type Clock, systemClock } from "@/lib/clock";
import { createDatabase } from "@/lib/db";
import { getSettings, type Settings } from "@/lib/env";
import { createHealthRepository } from "@/lib/health/repository";
import { createHealthService } from "@/lib/health/service";
import { createHolidayService } from "@/lib/holidays/service";
import { createPageTokens } from "@/lib/http/page-token";
import { createIdempotencyRepository } from "@/lib/idempotency/repository";
import { createIdempotencyService } from "@/lib/idempotency/service";
import { createLedgerRepository } from "@/lib/ledger/repository";
import { createLedgerService } from "@/lib/ledger/service";
import { createSignInFailureRepository } from "@/lib/limits/repository";
import { createWindowCounter } from "@/lib/limits/rules";
import { createLimitService } from "@/lib/limits/service";
import { createSharedCounter } from "@/lib/limits/shared-counter";
import { createLogger } from "@/lib/logger";
import { createMailService } from "@/lib/mail/service";
import { createMediaRepository } from "@/lib/media/repository";
import { maxSizes } from "@/lib/media/rules";
import { createMediaService } from "@/lib/media/service";
import { createPasswordResetRepository } from "@/lib/password-resets/repository";
import { createPasswordResetService } from "@/lib/password-resets/service";
import { createPeopleRepository } from "@/lib/people/repository";
import { createPeopleService } from "@/lib/people/service";
import { createAuthority } from "@/lib/roles/authority";
import { createRoleRepository } from "@/lib/roles/repository";
import { createRoleService } from "@/lib/roles/service";
import { createSecrets, type Secrets } from "@/lib/security/secrets";
import { createSenderRepository } from "@/lib/senders/repository";
import { createSenderService } from "@/lib/senders/service";
import { createSessionRepository } from "@/lib/sessions/repository";
import { createSessionService } from "@/lib/sessions/service";
import { createSkillRepository } from "@/lib/skills/repository";
import { createSkillService } from "@/lib/skills/service";
import { createDiskStore, type DiskStore } from "@/lib/storage/disk";
import { createFileEndpoints } from "@/lib/storage/endpoints";
import { openedLater } from "@/lib/storage/later";
import type { Store } from "@/lib/storage/store";
import { createTeamRepository } from "@/lib/teams/repository";
import { createTeamService } from "@/lib/teams/service";
import { createViewRepository } from "@/lib/views/repository";
import { createViewService } from "@/lib/views/service";
import { createWorkloadRepository } from "@/lib/workload/repository";
import { createWorkloadService } from "@/lib/workload/service";
import { createWorkspaceRepository } from "@/lib/workspaces/repository";
import { createWorkspaceService } from "@/lib/workspaces/service";
import { openZones } from "@/lib/zones/service";

/** Callers whose requests are counted: some 100 bytes each. */
const countedCallers = 100_000;

/** Puts the product together: the one place that knows which part is given which. */
export function createServices(settings: Settings, clock: Clock) {
  const logger = createLogger(settings.logLevel);
  const zones = openZones(settings.zoneDataFile);
  if (zones.isOld(clock.now()))
    logger.warn(
      { release: zones.release },
      "the zone data is over a year old: update it, see ZONE_DATA_FILE",
    );
  const db = createDatabase(
    settings.databaseUrl,
    settings.databasePool,
    (error) => logger.warn({ err: error }, "an idle database connection broke"),
    {
      ...settings.databaseUse,
      onSilence: (silent) =>
        silent
          ? logger.error("the host of the database is silent; requests are refused until it answers")
          : logger.info("the host of the database answers again"),
    },
  );
  const secrets = createSecrets(settings.secret);
  const pageTokens = createPageTokens(secrets);
  const links = { publicUrl: settings.publicUrl };
  const ledger = createLedgerService(createLedgerRepository(db), pageTokens);
  const limits = createLimitService({
    repository: createSignInFailureRepository(db),
    counter: settings.worker.of > 1 ? createSharedCounter(process) : createWindowCounter(countedCallers),
    secrets,
    limits: settings.limits,
  });
  const audit = createAuditService({
    repository: createAuditRepository(db),
    limits,
    pageTokens,
    logger,
    keepDays: settings.auditKeepDays,
  });
  const auditing = { db, audit, clock };
  const idempotency = createIdempotencyService(db, createIdempotencyRepository(db), secrets);
  const stored = openStore(settings, secrets);
  const media = createMediaService({
    repository: createMediaRepository(db),
    store: stored.store,
    publicUrl: settings.publicUrl,
    logger,
  });
  const agents = createAgentService({
    db,
    repository: createAgentRepository(db, settings.publicUrl),
    ledger,
    idempotency,
    media,
    pageTokens,
    links,
  });
  const availability = createAvailabilityService({
    db,
    repository: createAvailabilityRepository(db),
    ledger,
  });
  const mail = createMailService(settings.mail, logger);
  const passwordResets = createPasswordResetService({
    db,
    repository: createPasswordResetRepository(db),
    limits,
    mail,
    audit,
    publicUrl: settings.publicUrl,
    logger,
  });
  const roleRepository = createRoleRepository(db);
  const authority = createAuthority(roleRepository);
  const roles = createRoleService({ db, repository: roleRepository, authority, audit, pageTokens });
  return {
    settings,
    clock,
    logger,
    db,
    secrets,
    auth: createAuthService({
      repository: createAuthRepository(db),
      secrets,
      publicUrl: settings.publicUrl,
      identityProvider: settings.identityProvider,
      limits,
      audit,
      logger,
    }),
    sessions: createSessionService({ db, repository: createSessionRepository(db), audit }),
    passwordResets,
    limits,
    idempotency,
    ledger,
    audit,
    agents,
    media,
    files: createFileEndpoints(stored.disk, Math.max(...Object.values(maxSizes))),
    availability,
    workload: createWorkloadService(createWorkloadRepository(db)),
    teams: audited(
      "team",
      createTeamService({ db, repository: createTeamRepository(db), pageTokens, audit }),
      auditing,
    ),
    skills: audited(
      "skill",
      createSkillService({ db, repository: createSkillRepository(db), agents, pageTokens }),
      auditing,
    ),
    capacity: audited(
      "capacityRule",
      createCapacityService({ db, repository: createCapacityRepository(db), pageTokens, audit }),
      auditing,
    ),
    senders: audited(
      "senderProfile",
      createSenderService({ db, repository: createSenderRepository(db), agents, pageTokens }),
      auditing,
    ),
    roles,
    people: createPeopleService({
      db,
      repository: createPeopleRepository(db),
      agents,
      availability,
      roles,
      authority,
      ledger,
      audit,
      limits,
      mail,
      passwordResets,
      pageTokens,
      publicUrl: settings.publicUrl,
    }),
    accessKeys: createAccessKeyService({
      db,
      repository: createAccessKeyRepository(db),
      roles,
      authority,
      audit,
      pageTokens,
    }),
    views: createViewService(db, createViewRepository(db)),
    workspaces: createWorkspaceService(db, createWorkspaceRepository(db)),
    holidays: createHolidayService(),
    zones,
    health: createHealthService({
      db,
      repository: createHealthRepository(settings.databaseUrl),
      migrationsFolder: settings.migrationsFolder,
      room: stored.disk?.room,
      zones,
      logger,
    }),
  };
}

/** Where files are kept; `disk` when that is a folder of this machine, which needs endpoints of ours. */
function openStore(
  { media, publicUrl }: Settings,
  secrets: Secrets,
): { store: Store; disk: DiskStore | undefined } {
  if (media.kind === "s3") {
    const store = openedLater(async () => (await import("@/lib/storage/s3")).createS3Store(media));
    return { store, disk: undefined };
  }
  const disk = createDiskStore(media.folder, secrets, publicUrl);
  return { store: disk, disk };
}

export type Services = ReturnType<typeof createServices>;

/** Kept on the global object: a bundler may load this module more than once in one process. */
const shared = globalThis as { rollcallServices?: Services };

/** The services of this process, made from the environment at the first call. Throws `SettingsError`. */
export function getServices(): Services {
  shared.rollcallServices ??= createServices(getSettings(), systemClock);
  return shared.rollcallServices;
}
