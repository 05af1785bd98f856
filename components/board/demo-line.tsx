"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useProblemText } from "@/components/shell/problem-text";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { notify } from "@/components/ui/toast";
import { demoQuery, useMoveDemo } from "@/lib/outward/demo/client/queries";

/**
 * Says that demo agents change by themselves, and stops or starts them. Renders nothing in other workspaces.
 */
export function DemoLine() {
  const t = useTranslations("board.demo");
  const problem = useProblemText();
  const { workspace, can } = useWorkspace();
  const { data: demo } = useQuery({ ...demoQuery(workspace.id), enabled: can("settings.read") });
  const move = useMoveDemo(workspace.id);
  if (!demo?.available) return null;
  const { running } = demo;
  return (
    <div className="mt-auto flex flex-wrap items-center justify-center gap-x-3 gap-y-1 px-4 pb-4 text-muted text-sm sm:px-6 wall:pb-2">
      <p role="status">{t(running ? "running" : "stopped")}</p>
      {can("settings.write") && (
        <Button
          size="small"
          isPending={move.isPending}
          onPress={() =>
            move.mutate(!running, {
              onError: (error) => notify({ kind: "error", title: t("failed"), detail: problem(error) }),
            })
          }
        >
          {t(running ? "stop" : "start")}
        </Button>
      )}
    </div>
  );
}
