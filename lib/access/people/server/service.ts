import { createAcceptance } from "@/lib/access/people/server/accept-invitation";
import { createChange } from "@/lib/access/people/server/change";
import type { PeopleDependencies } from "@/lib/access/people/server/dependencies";
import { createInvitations } from "@/lib/access/people/server/invite";
import { createMembers } from "@/lib/access/people/server/members";
import { createReads } from "@/lib/access/people/server/read";
import { createRemoval } from "@/lib/access/people/server/remove";
import { createPasswordReset } from "@/lib/access/people/server/reset-password";

export function createPeopleService(dependencies: PeopleDependencies) {
  const members = createMembers(dependencies);
  return {
    ...createReads(dependencies, members),
    ...createInvitations(dependencies, members),
    ...createAcceptance(dependencies),
    ...createChange(dependencies, members),
    ...createRemoval(dependencies, members),
    ...createPasswordReset(dependencies, members),
  };
}

export type PeopleService = ReturnType<typeof createPeopleService>;
