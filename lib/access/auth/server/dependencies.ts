import type { AuthRepository } from "@/lib/access/auth/server/repository";
import type { Logger } from "@/lib/platform/logger";
import type { Secrets } from "@/lib/platform/security/secrets";
import type { IdentityProvider } from "@/lib/platform/security/signing";
import type { AuditService } from "@/lib/records/audit/server/service";
import type { LimitService } from "@/lib/records/limits/server/service";

export interface AuthDependencies {
  repository: AuthRepository;
  secrets: Secrets;
  publicUrl: string;
  identityProvider: IdentityProvider | undefined;
  limits: LimitService;
  audit: Pick<AuditService, "recordOfPerson" | "refusedAccount" | "refusedKey">;
  logger: Logger;
}
