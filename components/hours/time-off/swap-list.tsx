"use client";

import { useTranslations } from "use-intl";
import { useProblemText } from "@/components/shell/problem-text";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button, type ButtonLook } from "@/components/ui/button";
import { Tag } from "@/components/ui/tag";
import { notify } from "@/components/ui/toast";
import { type SwapAnswer, useAnswerSwap } from "@/lib/hours/shifts/client/writes";
import type { ShiftSwap } from "@/lib/hours/shifts/swaps-contract";
import { useSwapWords } from "./use-swap-words";

const notes = {
  accept: "accepted",
  approve: "approved",
  decline: "declined",
  cancel: "cancelled",
} as const satisfies Record<SwapAnswer, string>;

/** Swaps with the actions that the reader can take. */
export function SwapList({
  swaps,
  own,
  answersOf,
}: {
  swaps: readonly ShiftSwap[];
  /** The reader's agent; texts are from this agent's point of view. */
  own?: string;
  answersOf: (swap: ShiftSwap) => readonly SwapAnswer[];
}) {
  const t = useTranslations("calendar.timeOff.swaps");
  const problemText = useProblemText();
  const { workspace } = useWorkspace();
  const { mutateAsync, isPending, variables } = useAnswerSwap(workspace.id);
  const words = useSwapWords(swaps, own);

  const answer = (swap: ShiftSwap, kind: SwapAnswer) =>
    void mutateAsync({ swap, answer: kind }).then(
      () => notify({ kind: "success", title: t(notes[kind]) }),
      (error: unknown) => notify({ kind: "error", title: t("notAnswered"), detail: problemText(error) }),
    );

  return (
    <ul className="divide-y divide-line rounded-xl border border-line bg-surface">
      {swaps.map((swap) => {
        const text = words(swap);
        const answers = answersOf(swap);
        return (
          <li key={swap.id} className="flex flex-wrap items-center gap-x-3 gap-y-2 p-3">
            <div className="min-w-0 flex-1 basis-56">
              <p className="break-words">{text}</p>
              {swap.note && <p className="break-words text-muted text-sm">{swap.note}</p>}
              {swap.state === "accepted" && <Tag look="warning">{t("waits")}</Tag>}
            </div>
            {answers.map((kind, index) => {
              const look: ButtonLook = index === 0 && kind !== "cancel" ? "primary" : "secondary";
              return (
                <Button
                  key={kind}
                  look={look}
                  aria-label={t("answerLabel", { action: t(kind), text })}
                  isPending={isPending && variables?.swap.id === swap.id && variables.answer === kind}
                  onPress={() => answer(swap, kind)}
                >
                  {t(kind)}
                </Button>
              );
            })}
          </li>
        );
      })}
    </ul>
  );
}
