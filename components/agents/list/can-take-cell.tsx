"use client";

import { createContext, Suspense, useContext } from "react";
import { useTranslations } from "use-intl";
import { ChannelMarks } from "@/components/availability/channel-marks";
import { useCodeWord } from "@/components/availability/code-words";
import { useFormatter } from "@/components/shell/time";
import { lazyPart } from "@/components/ui/lazy-part";
import { useJoined } from "@/components/ui/use-joined";
import { channels } from "@/lib/availability/effective/channels";
import type { VerdictsById } from "@/lib/availability/effective/client/queries";
import type { Code } from "@/lib/availability/effective/values";
import type { AgentVerdict } from "@/lib/availability/effective/verdicts-contract";
import { CellLink } from "./cells";

const Reasons = lazyPart(async () => (await import("./can-take-reasons")).CanTakeReasons);

/**
 * What the agents of the page can take; empty while loading. A context, so that verdicts, which arrive after the
 * agents, render only the cells that show them.
 */
export const Verdicts = createContext<VerdictsById>(new Map());

/** What an agent can take now, with the reasons in a tooltip. */
export function CanTakeCell({ agentId, href }: { agentId: string; href: string }) {
  const closedBy = useContext(Verdicts).get(agentId);
  const text = useVerdictText(closedBy);
  if (!closedBy) return <ChannelMarks closedBy={undefined} />;
  return (
    <CellLink
      href={href}
      label={text}
      hint={
        <Suspense fallback={text}>
          <Reasons agentId={agentId} fallback={text} />
        </Suspense>
      }
    >
      <ChannelMarks closedBy={closedBy} />
    </CellLink>
  );
}

/** Returns the verdict in words: "Can take messaging and email. Voice: On a call". */
function useVerdictText(closedBy: AgentVerdict["closedBy"] | undefined): string {
  const t = useTranslations("availability");
  const word = useCodeWord();
  const joined = useJoined();
  const format = useFormatter();
  if (!closedBy) return "";
  const open = channels.filter((channel) => closedBy[channel].length === 0);
  const verdict =
    open.length === 0
      ? t("answer.none")
      : t("answer.some", { channels: format.list(open.map((channel) => t(`answer.channel.${channel}`))) });
  const reasons = new Map<Code, string[]>();
  for (const channel of channels)
    for (const code of closedBy[channel])
      reasons.set(code, [...(reasons.get(code) ?? []), t(`channels.${channel}`)]);
  const said = [...reasons].map(([code, names]) =>
    names.length === channels.length
      ? word(code)
      : t("answer.only", { channels: format.list(names), reason: word(code) }),
  );
  return said.length === 0 ? verdict : `${verdict}. ${joined(said)}`;
}
