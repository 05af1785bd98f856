"use client";

import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { useWorkspace } from "@/components/shell/workspace-context";
import type { Conversation } from "@/lib/routing/conversations/contract";
import { allQueuesQuery } from "@/lib/routing/queues/client/queries";
import { allSkillsQuery } from "@/lib/workforce/skills/client/queries";

/**
 * Returns functions that name the queue and the required skills of a conversation, as far as they are loaded.
 */
export function useNames() {
  const { workspace, can } = useWorkspace();
  const { data: queues } = useQuery(allQueuesQuery(workspace.id));
  const { data: skills } = useQuery({ ...allSkillsQuery(workspace.id), enabled: can("settings.read") });
  const queueOf = useCallback(
    ({ queueId }: Conversation) => queues?.find(({ id }) => id === queueId)?.name,
    [queues],
  );
  const skillsOf = useCallback(
    ({ requiredSkills }: Conversation) =>
      requiredSkills.flatMap(({ skillId }) => skills?.find(({ id }) => id === skillId)?.name ?? []),
    [skills],
  );
  return { queueOf, skillsOf };
}
