import { createAssignment } from "@/lib/routing/conversations/server/assign";
import { createChange } from "@/lib/routing/conversations/server/change";
import { createCreation } from "@/lib/routing/conversations/server/create";
import type { ConversationDependencies } from "@/lib/routing/conversations/server/dependencies";
import { createOffered } from "@/lib/routing/conversations/server/offered";
import { createReading } from "@/lib/routing/conversations/server/read";
import { createRelease } from "@/lib/routing/conversations/server/release";
import { createSave } from "@/lib/routing/conversations/server/save";

export function createConversationService(dependencies: ConversationDependencies) {
  const save = createSave(dependencies);
  return {
    ...createReading(dependencies),
    ...createCreation(dependencies),
    ...createChange(dependencies, save),
    ...createAssignment(dependencies, save),
    ...createRelease(dependencies, save),
    ...createOffered(dependencies, save),
  };
}

export type ConversationService = ReturnType<typeof createConversationService>;
