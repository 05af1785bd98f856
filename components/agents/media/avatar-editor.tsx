"use client";

import { Camera } from "lucide-react";
import { Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { useProblemText } from "@/components/shell/problem-text";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { lazyPart } from "@/components/ui/lazy-part";
import { notify } from "@/components/ui/toast";
import { useFileDrop } from "./use-file-drop";

const AvatarDialog = lazyPart(async () => (await import("./avatar-dialog")).AvatarDialog);

/**
 * Shows and changes an agent's picture. `onChange` receives the URL of the uploaded picture or null. If it
 * rejects, the reason is shown and saving can be retried without cropping again. `src` is the agent's
 * `avatarUrl`.
 */
export function AvatarEditor({
  workspaceId,
  agentId,
  name,
  src,
  isReadOnly = false,
  onChange,
}: {
  workspaceId: string;
  agentId: string;
  /** The agent's name. */
  name: string;
  src?: string | undefined;
  isReadOnly?: boolean;
  onChange: (mediaUrl: string | null) => Promise<void> | void;
}) {
  const t = useTranslations("media.avatar");
  const ui = useTranslations("ui");
  const problemText = useProblemText();
  const [opened, setOpened] = useState<{ file?: File }>();
  const [isRemoving, setRemoving] = useState(false);
  const { isOver, dropProps } = useFileDrop(([file]) => file && setOpened({ file }), isReadOnly);

  async function set(mediaUrl: string | null, done: () => void) {
    try {
      await onChange(mediaUrl);
      done();
    } catch (error) {
      notify({ kind: "error", title: t("notChanged"), detail: problemText(error) });
    }
  }

  async function remove(before: string) {
    setRemoving(true);
    await set(null, () =>
      notify({
        kind: "info",
        title: t("removed"),
        // The server keeps a replaced picture for one day.
        action: { label: ui("undo"), run: () => void set(before, () => undefined) },
      }),
    );
    setRemoving(false);
  }

  const picture = <Avatar name={name} src={src} size="huge" />;
  if (isReadOnly) return picture;
  return (
    <div {...dropProps} className="flex flex-wrap items-center gap-4">
      <div className="relative">
        {picture}
        {isOver && (
          <span
            aria-hidden="true"
            className="absolute inset-0 flex items-center justify-center rounded-full border-2 border-accent border-dashed bg-accent-soft text-accent"
          >
            <Camera className="size-6" />
          </span>
        )}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button onPress={() => setOpened({})}>{t("change")}</Button>
        {src && (
          <Button look="quiet" isPending={isRemoving} onPress={() => void remove(src)}>
            {t("remove")}
          </Button>
        )}
      </div>
      {opened && (
        <Suspense>
          <AvatarDialog
            workspaceId={workspaceId}
            agentId={agentId}
            name={name}
            first={opened.file}
            onSave={async (mediaUrl) => {
              await onChange(mediaUrl);
              notify({ kind: "success", title: t("changed") });
            }}
            onClose={() => setOpened(undefined)}
          />
        </Suspense>
      )}
    </div>
  );
}
