import { randomInt } from "node:crypto";
import { createAccessKeyRepository } from "@/lib/access/access-keys/server/repository";
import { createAccessKeyService } from "@/lib/access/access-keys/server/service";
import { createAuthRepository } from "@/lib/access/auth/server/repository";
import { createAuthService } from "@/lib/access/auth/server/service";
import { createPasswordResetRepository } from "@/lib/access/password-resets/server/repository";
import { createPasswordResetService } from "@/lib/access/password-resets/server/service";
import { createInvitationRepository } from "@/lib/access/people/server/invitation-repository";
import { createPeopleRepository } from "@/lib/access/people/server/repository";
import { createPeopleService } from "@/lib/access/people/server/service";
import { createAuthority } from "@/lib/access/roles/server/authority";
import { createRoleRepository } from "@/lib/access/roles/server/repository";
import { createRoleService } from "@/lib/access/roles/server/service";
import { createSessionRepository } from "@/lib/access/sessions/server/repository";
import { createSessionService } from "@/lib/access/sessions/server/service";
import { createAgentRepository } from "@/lib/agents/agents/server/repository";
import { createAgentService } from "@/lib/agents/agents/server/service";
import { createAttentionRepository } from "@/lib/agents/attention/server/repository";
import { createAttentionService } from "@/lib/agents/attention/server/service";
import { createChangeSetRepository } from "@/lib/agents/coverage/server/change-set-repository";
import { createChangeSetService } from "@/lib/agents/coverage/server/change-set-service";
import { createCoverageNeedService } from "@/lib/agents/coverage/server/needs-service";
import { createPlannerService } from "@/lib/agents/coverage/server/planner-service";
import { createPreviewService } from "@/lib/agents/coverage/server/preview-service";
import { createChangeReferences } from "@/lib/agents/coverage/server/references";
import { createCoverageRepository } from "@/lib/agents/coverage/server/repository";
import { createRosters } from "@/lib/agents/coverage/server/roster";
import { createCoverageService } from "@/lib/agents/coverage/server/service";
import { createInboxRepository } from "@/lib/agents/inbox/server/repository";
import { createInboxService } from "@/lib/agents/inbox/server/service";
import { createViewRepository } from "@/lib/agents/views/server/repository";
import { createViewService } from "@/lib/agents/views/server/service";
import { createAvailabilityRepository } from "@/lib/availability/declared/server/repository";
import { createAvailabilityService } from "@/lib/availability/declared/server/service";
import { createEffectiveRepository } from "@/lib/availability/effective/server/repository";
import { createEffectiveService } from "@/lib/availability/effective/server/service";
import { createPresenceRepository } from "@/lib/availability/presence/server/repository";
import { createPresenceService } from "@/lib/availability/presence/server/service";
import { createPresetRepository } from "@/lib/availability/presets/server/repository";
import { createPresetService } from "@/lib/availability/presets/server/service";
import { createSpanRepository } from "@/lib/availability/spans/server/repository";
import { createSpanService } from "@/lib/availability/spans/server/service";
import { createWorkloadRepository } from "@/lib/availability/workload/server/repository";
import { createWorkloadService } from "@/lib/availability/workload/server/service";
import { getSettings, type Settings } from "@/lib/env";
import { createCalendars } from "@/lib/hours/calendar/server/calendars";
import { createCalendarRepository } from "@/lib/hours/calendar/server/repository";
import { createWorkspaceHours } from "@/lib/hours/calendar/server/workspace-hours";
import { createHolidayCalendarRepository } from "@/lib/hours/holiday-calendars/server/repository";
import { createHolidayCalendarService } from "@/lib/hours/holiday-calendars/server/service";
import { createHolidayService } from "@/lib/hours/public-holidays/server/service";
import { createHoursService } from "@/lib/hours/shifts/server/hours-service";
import { createCalendarPolicyService } from "@/lib/hours/shifts/server/policy-service";
import { createRotationRepository } from "@/lib/hours/shifts/server/rotation-repository";
import { createRotationService } from "@/lib/hours/shifts/server/rotation-service";
import { createShiftRepository } from "@/lib/hours/shifts/server/shift-repository";
import { createShiftService } from "@/lib/hours/shifts/server/shift-service";
import { createSwapRepository } from "@/lib/hours/shifts/server/swap-repository";
import { createSwapService } from "@/lib/hours/shifts/server/swap-service";
import { createDelegates } from "@/lib/hours/time-off/server/delegates";
import { createCalendarFeedRepository } from "@/lib/hours/time-off/server/feeds-repository";
import { createCalendarFeedService } from "@/lib/hours/time-off/server/feeds-service";
import { createTimeOffImport } from "@/lib/hours/time-off/server/import";
import { createTimeOffRepository } from "@/lib/hours/time-off/server/repository";
import { createTimeOffService } from "@/lib/hours/time-off/server/service";
import { createTimeOffTypeRepository } from "@/lib/hours/time-off/server/types-repository";
import { createTimeOffTypeService } from "@/lib/hours/time-off/server/types-service";
import { createHoursChanges } from "@/lib/hours/weeks/server/hours-changes";
import { createWeekRepository } from "@/lib/hours/weeks/server/repository";
import { createWeekService } from "@/lib/hours/weeks/server/service";
import { createDice } from "@/lib/outward/demo/dice";
import { createDemoRepository } from "@/lib/outward/demo/server/repository";
import { createDemoService } from "@/lib/outward/demo/server/service";
import { createHealthRepository } from "@/lib/outward/health/server/repository";
import { createHealthService } from "@/lib/outward/health/server/service";
import { type Clock, systemClock } from "@/lib/platform/clock";
import { createDatabase } from "@/lib/platform/database/db";
import { createEventRepository } from "@/lib/platform/events/server/repository";
import { createEventService } from "@/lib/platform/events/server/service";
import { createPageTokens } from "@/lib/platform/http/server/page-token";
import { createLogger } from "@/lib/platform/logger";
import { createMailRepository } from "@/lib/platform/mail/repository";
import { createMailService } from "@/lib/platform/mail/service";
import { createSecrets, type Secrets } from "@/lib/platform/security/secrets";
import { createDiskStore, type DiskStore } from "@/lib/platform/storage/server/disk";
import { createFileEndpoints } from "@/lib/platform/storage/server/endpoints";
import { openedLater } from "@/lib/platform/storage/server/later";
import type { Store } from "@/lib/platform/storage/server/store";
import { openZones } from "@/lib/platform/time/server/zones";
import { audited } from "@/lib/records/audit/server/audited";
import { createAuditRepository } from "@/lib/records/audit/server/repository";
import { createAuditService } from "@/lib/records/audit/server/service";
import { createIdempotencyRepository } from "@/lib/records/idempotency/server/repository";
import { createIdempotencyService } from "@/lib/records/idempotency/server/service";
import { createLedgerRepository } from "@/lib/records/ledger/server/repository";
import { createLedgerService } from "@/lib/records/ledger/server/service";
import { createWindowCounter } from "@/lib/records/limits/rules";
import { createSignInFailureRepository } from "@/lib/records/limits/server/repository";
import { createLimitService } from "@/lib/records/limits/server/service";
import { createSharedCounter } from "@/lib/records/limits/server/shared-counter";
import { createConversationRepository } from "@/lib/routing/conversations/server/repository";
import { createConversationRetention } from "@/lib/routing/conversations/server/retention";
import { createConversationService } from "@/lib/routing/conversations/server/service";
import { createRoutingUses } from "@/lib/routing/conversations/server/uses";
import { createExplainService } from "@/lib/routing/matching/server/explain";
import { createExplainRepository } from "@/lib/routing/matching/server/explain-repository";
import { createMatcher } from "@/lib/routing/matching/server/matcher";
import { createMatchingRepository } from "@/lib/routing/matching/server/repository";
import { createRun } from "@/lib/routing/matching/server/run";
import { createSettleRepository } from "@/lib/routing/matching/server/settle-repository";
import { createOfferRepository } from "@/lib/routing/offers/server/repository";
import { createOfferService } from "@/lib/routing/offers/server/service";
import { createQueueRepository } from "@/lib/routing/queues/server/repository";
import { createQueueService } from "@/lib/routing/queues/server/service";
import { createCapacityRepository } from "@/lib/workforce/capacity/server/repository";
import { createCapacityService } from "@/lib/workforce/capacity/server/service";
import { maxSizes } from "@/lib/workforce/media/rules";
import { createMediaRepository } from "@/lib/workforce/media/server/repository";
import { createMediaService } from "@/lib/workforce/media/server/service";
import { createSenderRepository } from "@/lib/workforce/senders/server/repository";
import { createSenderService } from "@/lib/workforce/senders/server/service";
import { createSkillRepository } from "@/lib/workforce/skills/server/repository";
import { createSkillService } from "@/lib/workforce/skills/server/service";
import { createTeamRepository } from "@/lib/workforce/teams/server/repository";
import { createTeamService } from "@/lib/workforce/teams/server/service";
import { createWorkspaceRepository } from "@/lib/workforce/workspaces/server/repository";
import { createWorkspaceService } from "@/lib/workforce/workspaces/server/service";

/** Capacity of the rate limit counter; about 100 bytes per caller. */
const countedCallers = 100_000;

/** Creates all services. The only place that wires dependencies. */
export function createServices(settings: Settings, clock: Clock) {
  const logger = createLogger(settings.logLevel);
  const zones = openZones(settings.zoneDataFile);
  if (zones.isOld(clock.now()))
    logger.warn(
      { release: zones.release },
      "the time zone data is more than a year old; update it (ZONE_DATA_FILE)",
    );
  const db = createDatabase(
    settings.databaseUrl,
    settings.databasePool,
    (error) => logger.warn({ err: error }, "an idle database connection failed"),
    {
      ...settings.databaseUse,
      onSilence: (silent) =>
        silent
          ? logger.error("the database host doesn't respond; requests are rejected until it does")
          : logger.info("the database host responds again"),
    },
  );
  const secrets = createSecrets(settings.secret);
  const pageTokens = createPageTokens(secrets);
  const ledger = createLedgerService(createLedgerRepository(db), pageTokens);
  const shiftRepository = createShiftRepository(db);
  const swapRepository = createSwapRepository(db);
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
  const calendarRepository = createCalendarRepository(db);
  const calendars = createCalendars(calendarRepository);
  const workspaceHours = createWorkspaceHours(calendarRepository, calendars);
  const effectiveRepository = createEffectiveRepository(db, workspaceHours);
  const effective = createEffectiveService({ db, repository: effectiveRepository, calendars, audit });
  const agents = createAgentService({
    db,
    repository: createAgentRepository(db, settings.publicUrl),
    ledger,
    idempotency,
    media,
    effective,
    pageTokens,
    publicUrl: settings.publicUrl,
  });
  const availability = createAvailabilityService({
    db,
    repository: createAvailabilityRepository(db),
    ledger,
  });
  const presence = createPresenceService({
    db,
    repository: createPresenceRepository(db),
    availability,
    random: Math.random,
  });
  const mail = createMailService({
    repository: createMailRepository(db),
    secrets,
    settings: settings.mail,
    logger,
  });
  const passwordResets = createPasswordResetService({
    db,
    repository: createPasswordResetRepository(db),
    limits,
    mail,
    audit,
    publicUrl: settings.publicUrl,
    logger,
    // A random delay, so that response times don't reveal the cost of a link for a known email.
    delay: () => randomInt(200, 2_000),
  });
  const timeOffRepository = createTimeOffRepository(db);
  const timeOffTypeRepository = createTimeOffTypeRepository(db);
  const delegates = createDelegates({ repository: timeOffRepository, calendars });
  const timeOff = createTimeOffService({
    db,
    repository: timeOffRepository,
    types: timeOffTypeRepository,
    delegates,
    ledger,
    pageTokens,
  });
  const matchingRepository = createMatchingRepository(db);
  const matcher = createMatcher({
    run: createRun({
      db,
      repository: matchingRepository,
      settling: createSettleRepository(db),
      circumstances: effectiveRepository.findCircumstances,
      delegates,
      now: () => clock.now().getTime(),
    }),
    repository: matchingRepository,
    now: () => clock.now().getTime(),
    logger,
  });
  const queueRepository = createQueueRepository(db);
  const conversations = createConversationService({
    db,
    repository: createConversationRepository(db),
    effective,
    pageTokens,
    matcher,
  });
  const routing = createRoutingUses(db);
  const roleRepository = createRoleRepository(db);
  const authority = createAuthority(roleRepository);
  const roles = createRoleService({ db, repository: roleRepository, authority, audit, pageTokens });
  const auth = createAuthService({
    repository: createAuthRepository(db),
    secrets,
    publicUrl: settings.publicUrl,
    identityProvider: settings.identityProvider,
    limits,
    audit,
    logger,
  });
  const offers = createOfferService({
    db,
    repository: createOfferRepository(db),
    conversations,
    effective,
  });
  const explanations = createExplainService({
    repository: createExplainRepository(db, settings.publicUrl),
    effective,
    delegates,
    pageTokens,
  });
  const holidays = createHolidayService();
  const hoursChanges = createHoursChanges(db, ledger);
  const weeks = createWeekService({ db, repository: createWeekRepository(db), changes: hoursChanges });
  const teams = audited(
    "team",
    createTeamService({ db, repository: createTeamRepository(db), pageTokens, audit, routing }),
    auditing,
  );
  const coverageRepository = createCoverageRepository(db);
  const changeReferences = createChangeReferences(db);
  const rosters = createRosters(coverageRepository, calendars);
  return {
    settings,
    clock,
    logger,
    db,
    secrets,
    auth,
    events: createEventService({ repository: createEventRepository(db), auth, clock, logger }),
    sessions: createSessionService({ db, repository: createSessionRepository(db), audit }),
    passwordResets,
    mail,
    limits,
    idempotency,
    ledger,
    audit,
    agents,
    attention: createAttentionService(createAttentionRepository(db, settings.publicUrl), effective),
    media,
    files: createFileEndpoints(stored.disk, Math.max(...Object.values(maxSizes))),
    availability,
    effective,
    spans: createSpanService(createSpanRepository(db)),
    presets: audited(
      "preset",
      createPresetService({
        db,
        repository: createPresetRepository(db),
        availability,
        ledger,
        pageTokens,
      }),
      auditing,
    ),
    presence,
    demo: createDemoService({
      repository: createDemoRepository(db),
      availability,
      presence,
      conversations,
      offers,
      explanations,
      dice: createDice(Math.random),
      isEnabled: settings.demoLive,
    }),
    workload: createWorkloadService(createWorkloadRepository(db)),
    teams,
    skills: audited(
      "skill",
      createSkillService({ db, repository: createSkillRepository(db), agents, pageTokens, routing }),
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
      invitations: createInvitationRepository(db),
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
    inbox: createInboxService({
      repository: createInboxRepository(db, settings.publicUrl),
      effective,
      pageTokens,
      queues: queueRepository,
    }),
    queues: audited(
      "queue",
      createQueueService({ db, repository: queueRepository, pageTokens, matcher }),
      auditing,
    ),
    conversations,
    offers,
    matcher,
    retention: createConversationRetention(db, settings.conversationsKeepDays),
    explanations,
    views: createViewService(db, createViewRepository(db)),
    workspaces: createWorkspaceService(db, createWorkspaceRepository(db)),
    shifts: audited(
      "shift",
      createShiftService({ db, repository: shiftRepository, changes: hoursChanges, pageTokens }),
      auditing,
    ),
    rotations: audited(
      "rotation",
      createRotationService({
        db,
        repository: createRotationRepository(db),
        shifts: shiftRepository,
        changes: hoursChanges,
        audit,
        pageTokens,
        clock,
      }),
      auditing,
    ),
    shiftSwaps: createSwapService({
      db,
      repository: swapRepository,
      changes: hoursChanges,
      calendars,
      pageTokens,
    }),
    calendarPolicy: createCalendarPolicyService({ db, repository: swapRepository, audit }),
    hours: createHoursService(calendars),
    calendars,
    coverage: createCoverageService({ repository: coverageRepository, rosters }),
    coverageNeeds: createCoverageNeedService({ db, repository: coverageRepository, audit, pageTokens }),
    coveragePreviews: createPreviewService({
      repository: coverageRepository,
      rosters,
      calendars,
      references: changeReferences,
    }),
    planner: createPlannerService({ agents, calendars, timeOff }),
    weeks,
    changeSets: createChangeSetService({
      references: changeReferences,
      db,
      repository: createChangeSetRepository(db),
      changes: hoursChanges,
      weeks,
      timeOff,
      teams,
      agents,
      pageTokens,
    }),
    holidayCalendars: audited(
      "holidayCalendar",
      createHolidayCalendarService({
        db,
        repository: createHolidayCalendarRepository(db),
        holidays,
        changes: hoursChanges,
        audit,
        pageTokens,
      }),
      auditing,
    ),
    holidays,
    timeOff,
    timeOffTypes: audited(
      "timeOffType",
      createTimeOffTypeService({ db, repository: timeOffTypeRepository, pageTokens }),
      auditing,
    ),
    timeOffImport: createTimeOffImport({ db, repository: timeOffRepository, calendars, timeOff, limits }),
    calendarFeeds: createCalendarFeedService({
      db,
      repository: createCalendarFeedRepository(db),
      agents: timeOffRepository,
      calendars,
      audit,
      limits,
      publicUrl: settings.publicUrl,
    }),
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

/** Creates the file store. `disk` is set for a local folder, which needs our own endpoints. */
function openStore(
  { media, publicUrl }: Settings,
  secrets: Secrets,
): { store: Store; disk: DiskStore | undefined } {
  if (media.kind === "s3") {
    const store = openedLater(async () =>
      (await import("@/lib/platform/storage/server/s3")).createS3Store(media),
    );
    return { store, disk: undefined };
  }
  const disk = createDiskStore(media.folder, secrets, publicUrl);
  return { store: disk, disk };
}

export type Services = ReturnType<typeof createServices>;

/** On the global object, because a bundler may load this module twice. */
const shared = globalThis as { rollcallServices?: Services };

/** Returns the services of this process, created on first use. Throws `SettingsError`. */
export function getServices(): Services {
  shared.rollcallServices ??= createServices(getSettings(), systemClock);
  return shared.rollcallServices;
}
