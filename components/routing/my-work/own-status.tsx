"use client";

import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { useTranslations } from "use-intl";
import { Answer } from "@/components/agents/profile/answer";
import { ReasonAction } from "@/components/agents/profile/reason-action";
import { useRights } from "@/components/agents/profile/use-rights";
import { PresetIcon } from "@/components/availability/preset-icon";
import { useOfferedPresets } from "@/components/availability/preset-words";
import { usePresets } from "@/components/availability/use-presets";
import { type AvailabilityPick, useSetAvailability } from "@/components/availability/use-set-availability";
import { useNow } from "@/components/shell/time";
import { Button } from "@/components/ui/button";
import type { Agent } from "@/lib/agents/agents/contract";
import { backNow, breakPresets, canComeBack } from "@/lib/availability/declared/presets";
import type { AvailabilityExplanation } from "@/lib/availability/effective/contract";

/** Number of workspace presets that have a button. The status menu lists all. */
const mostPresets = 3;
/** Defaults are a break and lunch, because three buttons fit on a phone. */
const usualIds = breakPresets.slice(0, 2).map(({ name }) => `preset:${name}`);

/** Shows whether the agent can take work, why not, and buttons for frequent changes. */
export function OwnStatus({
  agent,
  readAt,
  explanation,
}: {
  agent: Agent;
  readAt: number;
  explanation: AvailabilityExplanation;
}) {
  const shell = useTranslations("shell.account");
  const rights = useRights(agent.id);
  const router = useRouter();
  const setAvailability = useSetAvailability(useCallback(() => shell("notSet"), [shell]));
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <Answer
        explanation={explanation}
        isNow
        action={(reason, onDone) => (
          <ReasonAction
            reason={reason}
            onDone={onDone}
            agent={agent}
            readAt={readAt}
            rights={rights}
            openTab={(tab) => router.push(`/me?tab=${tab}`)}
          />
        )}
      />
      {rights.canChangeAvailability && (
        <Presets agent={agent} readAt={readAt} onPick={(pick) => setAvailability(agent, readAt, pick)} />
      )}
    </div>
  );
}

function Presets({
  agent,
  readAt,
  onPick,
}: {
  agent: Agent;
  readAt: number;
  onPick: (pick: AvailabilityPick) => void;
}) {
  const t = useTranslations("availability");
  const own = usePresets();
  const usual = useOfferedPresets();
  const now = useNow({ updateInterval: 1000 }).getTime();
  const back = usual.find(({ change }) => change === backNow);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div role="group" aria-label={t("presetsTitle")} className="flex min-h-8 flex-wrap gap-2 max-sm:min-h-11">
      {/* Always in its place, so that nothing moves when a break begins. */}
      {back && (
        <Button
          isDisabled={!canComeBack(agent.availability, readAt, now)}
          onPress={() => onPick(back.change)}
          className="max-sm:grow"
        >
          {back.icon}
          {back.name}
        </Button>
      )}
      {own?.length === 0 &&
        usual
          .filter(({ id }) => usualIds.includes(id))
          .map(({ id, name, icon, change }) => (
            <Button key={id} onPress={() => onPick(change)} className="max-sm:grow">
              {icon}
              {name}
            </Button>
          ))}
      {own?.slice(0, mostPresets).map((preset) => (
        <Button
          key={preset.id}
          onPress={() => onPick({ preset, when: "now" })}
          className="min-w-0 max-w-44 shrink! max-sm:grow"
        >
          <PresetIcon icon={preset.icon} />
          <span className="truncate">{preset.name}</span>
        </Button>
      ))}
    </div>
  );
}
