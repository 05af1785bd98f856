import type { AgentRepository } from "@/lib/agents/agents/server/repository";
import type { EffectiveService } from "@/lib/availability/effective/server/service";
import type { Database } from "@/lib/platform/database/db";
import type { PageTokens } from "@/lib/platform/http/server/page-token";
import type { IdempotencyService } from "@/lib/records/idempotency/server/service";
import type { LedgerService } from "@/lib/records/ledger/server/service";
import type { MediaService } from "@/lib/workforce/media/server/service";

export interface AgentDependencies {
  db: Database;
  repository: AgentRepository;
  ledger: LedgerService;
  idempotency: Pick<IdempotencyService, "forget">;
  media: MediaService;
  effective: Pick<EffectiveService, "circumstances">;
  pageTokens: PageTokens;
  /** Base URL of the product, without a trailing slash. */
  publicUrl: string;
}

export const pathOf = (workspaceId: string, agentId: string) =>
  `/api/workspaces/${workspaceId}/agents/${agentId}`;
