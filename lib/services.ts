import { createAgentRepository } from "@/lib/agents/repository";
import { createAgentService } from "@/lib/agents/service";
import { createAuthRepository } from "@/lib/auth/repository";
import { createAuthService } from "@/lib/auth/service";
import { createAvailabilityRepository } from "@/lib/availability/repository";
import { createAvailabilityService } from "@/lib/availability/service";
import { createCapacityRepository } from "@/lib/capacity/repository";
import { createCapacityService } from "@/lib/capacity/service";
import { type Clock, systemClock } from "@/lib/clock";
import { createDatabase } from "@/lib/db";
import { getSettings, type Settings } from "@/lib/env";
import { createHealthService } from "@/lib/health/service";
import { createPageTokens } from "@/lib/http/page-token";
import { createIdempotencyRepository } from "@/lib/idempotency/repository";
import { createIdempotencyService } from "@/lib/idempotency/service";
import { createLedgerRepository } from "@/lib/ledger/repository";
import { createLedgerService } from "@/lib/ledger/service";
import { createLogger } from "@/lib/logger";
import { createRoleRepository } from "@/lib/roles/repository";
import { createRoleService } from "@/lib/roles/service";
import { createSecrets } from "@/lib/security/secrets";
import { createSenderRepository } from "@/lib/senders/repository";
import { createSenderService } from "@/lib/senders/service";
import { createSkillRepository } from "@/lib/skills/repository";
import { createSkillService } from "@/lib/skills/service";
import { createTeamRepository } from "@/lib/teams/repository";
import { createTeamService } from "@/lib/teams/service";
import { createWorkloadRepository } from "@/lib/workload/repository";
import { createWorkloadService } from "@/lib/workload/service";
import { createWorkspaceRepository } from "@/lib/workspaces/repository";
import { createWorkspaceService } from "@/lib/workspaces/service";

/** Puts the product together: the one place that knows which part is given which. */
export function createServices(settings: Settings, clock: Clock) {
  const logger = createLogger(settings.logLevel);
  const db = createDatabase(settings.databaseUrl, settings.databasePool, (error) =>
    logger.warn({ err: error }, "an idle database connection broke"),
  );
  const secrets = createSecrets(settings.secret);
  const pageTokens = createPageTokens(secrets);
  const links = { publicUrl: settings.publicUrl };
  const ledger = createLedgerService(createLedgerRepository(db), pageTokens);
  const idempotency = createIdempotencyService(db, createIdempotencyRepository(db));
  const agents = createAgentService({
    db,
    repository: createAgentRepository(db),
    ledger,
    idempotency,
    pageTokens,
    links,
  });
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
      logger,
    }),
    idempotency,
    ledger,
    agents,
    availability: createAvailabilityService({ db, repository: createAvailabilityRepository(db), ledger }),
    workload: createWorkloadService(createWorkloadRepository(db)),
    teams: createTeamService({ db, repository: createTeamRepository(db), pageTokens }),
    skills: createSkillService({ db, repository: createSkillRepository(db), agents, pageTokens }),
    capacity: createCapacityService({ db, repository: createCapacityRepository(db), pageTokens }),
    senders: createSenderService({ db, repository: createSenderRepository(db), agents, pageTokens }),
    roles: createRoleService({ db, repository: createRoleRepository(db), pageTokens }),
    workspaces: createWorkspaceService(createWorkspaceRepository(db)),
    health: createHealthService(db),
  };
}

export type Services = ReturnType<typeof createServices>;

/** Kept on the global object: a bundler may load this module more than once in one process. */
const shared = globalThis as { rollcallServices?: Services };

/** The services of this process, made from the environment at the first call. Throws `SettingsError`. */
export function getServices(): Services {
  shared.rollcallServices ??= createServices(getSettings(), systemClock);
  return shared.rollcallServices;
}
