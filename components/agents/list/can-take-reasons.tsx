"use client";

import { useQuery } from "@tanstack/react-query";
import { useReasonWords } from "@/components/availability/reason-words";
import { useWorkspace } from "@/components/shell/workspace-context";
import { explanationQuery } from "@/lib/availability/effective/client/queries";
import type { AvailabilityExplanation } from "@/lib/availability/effective/contract";

/** Loads the reasons and their times when the tooltip opens; shows `fallback` until then. */
export function CanTakeReasons({ agentId, fallback }: { agentId: string; fallback: string }) {
  const { workspace } = useWorkspace();
  const { data } = useQuery(explanationQuery(workspace.id, agentId));
  return data ? <Lines explanation={data} /> : fallback;
}

function Lines({ explanation }: { explanation: AvailabilityExplanation }) {
  const words = useReasonWords(explanation);
  return (
    <>
      <span className="block font-medium">{words.verdict(explanation)}</span>
      {explanation.deciders.map((reason) => (
        <span key={`${reason.code} ${reason.channels.join()}`} className="block tabular-nums">
          {words.reason(reason)}
        </span>
      ))}
      <span className="block tabular-nums opacity-75">{words.next(explanation)}</span>
    </>
  );
}
