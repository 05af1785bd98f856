"use client";

import { useCallback } from "react";
import { useTranslations } from "use-intl";
import { RequestError } from "@/lib/platform/client/client";

/** Error codes with their own text, because the person must do something first. */
const worded = [
  "AgentAlreadyExists",
  "AgentNotAvailable",
  "ConversationAssigned",
  "ConversationClosed",
  "DefaultCapacityRuleAlreadyExists",
  "DefaultQueueAlreadyExists",
  "LastSupervisor",
  "ManagedRole",
  "OwnAgent",
  "PersonSuspended",
  "QueueInUse",
  "RotationOverlaps",
  "ShiftInUse",
  "ShiftSwapAlreadyExists",
  "ShiftSwapGone",
  "SkillAlreadyExists",
  "StatusAlreadyExists",
  "TeamInUse",
  "TimeOffDecided",
  "TimeOffOverlaps",
  "TimeOffTypeInUse",
  "TooManyCoverageNeeds",
  "TooManyStatuses",
  "TooManyTimeOff",
  "TooManyTimeOffTypes",
  "ViewAlreadyExists",
] as const;

/** Returns a function that explains a failed request and what to do about it. */
export function useProblemText(): (error: unknown) => string {
  const t = useTranslations("errors");
  return useCallback(
    (error: unknown) => {
      if (!(error instanceof RequestError)) return t("unknownWithoutId");
      const { status, code } = error;
      if (code === "NoAnswer") return t("offline");
      if (status === 503) return t("unavailable");
      if (status === 403) return t("forbidden");
      if (status === 404) return t("gone");
      const refusal = worded.find((each) => each === code);
      if (refusal) return t(`refusals.${refusal}`);
      if (status === 409) return t("refusals.other");
      if (status === 422) return t("refusals.fields");
      if (status === 412) return t("conflict");
      if (status === 429) return t("tooOften");
      const { requestId } = error;
      return requestId ? t("unknown", { requestId }) : t("unknownWithoutId");
    },
    [t],
  );
}
