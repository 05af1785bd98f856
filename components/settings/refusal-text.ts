"use client";

import { useTranslations } from "use-intl";
import { useProblemText } from "@/components/shell/problem-text";
import { RequestError } from "@/lib/http/client";

const worded = [
  "AgentAlreadyExists",
  "DefaultCapacityRuleAlreadyExists",
  "LastSupervisor",
  "ManagedRole",
  "OwnAgent",
  "SkillAlreadyExists",
] as const;

/** Says in the reader's language why the server refused a change of the settings, and what to do first. */
export function useRefusalText(): (error: unknown) => string {
  const t = useTranslations("settings.refusals");
  const common = useTranslations("settings.common");
  const problemText = useProblemText();
  return (error) => {
    if (!(error instanceof RequestError)) return problemText(error);
    const code = worded.find((each) => each === error.code);
    if (code) return t(code);
    return error.status === 422 ? common("refused") : problemText(error);
  };
}
