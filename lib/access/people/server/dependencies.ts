import type { PasswordResetService } from "@/lib/access/password-resets/server/service";
import type { InvitationRepository } from "@/lib/access/people/server/invitation-repository";
import type { PeopleRepository } from "@/lib/access/people/server/repository";
import type { Authority } from "@/lib/access/roles/server/authority";
import type { RoleService } from "@/lib/access/roles/server/service";
import type { Database } from "@/lib/platform/database/db";
import type { Conditions } from "@/lib/platform/http/server/entity-tag";
import type { PageTokens } from "@/lib/platform/http/server/page-token";
import type { AgentId } from "@/lib/platform/ids";
import type { Mailer } from "@/lib/platform/mail/service";
import type { Actor } from "@/lib/platform/security/permissions";
import type { AuditService } from "@/lib/records/audit/server/service";
import type { LedgerService } from "@/lib/records/ledger/server/service";
import type { LimitService } from "@/lib/records/limits/server/service";

export interface PeopleDependencies {
  db: Database;
  repository: PeopleRepository;
  invitations: InvitationRepository;
  /** Deletes the agent of a removed person. */
  agents: { delete(actor: Actor, id: AgentId, conditions: Conditions): Promise<unknown> };
  /** Makes all that changes the agent at the same time see that the person is suspended. */
  availability: { noticeSuspension(actor: Actor, id: AgentId): Promise<void> };
  roles: RoleService;
  authority: Authority;
  ledger: LedgerService;
  audit: AuditService;
  limits: LimitService;
  mail: Mailer;
  passwordResets: Pick<PasswordResetService, "makeFor">;
  pageTokens: PageTokens;
  publicUrl: string;
}
