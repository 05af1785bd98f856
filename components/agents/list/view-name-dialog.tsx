"use client";

import { type FormEvent, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { useProblemText } from "@/components/shell/problem-text";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/text-field";
import { type SavedView, viewDraftSchema } from "@/lib/agents/views/contract";
import { RequestError } from "@/lib/platform/client/client";

export function ViewNameDialog({
  view,
  onSave,
  onClose,
}: {
  /** The view to rename; null for a new one. */
  view: SavedView | null;
  onSave: (name: string) => Promise<void>;
  onClose: () => void;
}) {
  const t = useTranslations("agents.views");
  const ui = useTranslations("ui");
  const errors = useTranslations("errors");
  const problem = useProblemText();
  const form = useId();
  const [name, setName] = useState(view?.name ?? "");
  const [error, setError] = useState<string>();
  const [isBusy, setBusy] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (name.trim() === "") return setError(errors("required"));
    if (!viewDraftSchema.shape.name.safeParse(name).success) return setError(errors("tooLong", { max: 80 }));
    setBusy(true);
    try {
      await onSave(name.trim());
      onClose();
    } catch (reason) {
      const isTaken = reason instanceof RequestError && reason.code === "ViewAlreadyExists";
      setError(isTaken ? t("taken") : problem(reason));
      setBusy(false);
    }
  }

  return (
    <Dialog
      title={t(view ? "renameTitle" : "saveTitle")}
      isOpen
      onOpenChange={onClose}
      width="small"
      footer={
        <>
          <Button onPress={onClose}>{ui("cancel")}</Button>
          <Button look="primary" type="submit" form={form} isPending={isBusy}>
            {ui("save")}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void submit(event)} noValidate>
        <TextField
          autoFocus
          label={t("name")}
          help={view ? undefined : t("saveHelp")}
          error={error}
          value={name}
          onChange={(value) => {
            setName(value);
            setError(undefined);
          }}
        />
      </form>
    </Dialog>
  );
}
