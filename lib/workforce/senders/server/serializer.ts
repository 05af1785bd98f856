import type { SenderProfile as SenderProfileRow } from "@/lib/generated/prisma/client";
import { optional } from "@/lib/platform/http/wire";
import type { SenderProfile } from "@/lib/workforce/senders/contract";

export function serializeSenderProfile(row: SenderProfileRow): SenderProfile {
  return {
    id: row.id,
    name: row.name,
    email: { username: row.emailUsername, domain: row.emailDomain },
    ...optional("signature", row.signature),
  };
}
