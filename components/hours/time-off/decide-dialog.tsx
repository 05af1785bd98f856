"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/text-field";
import { isTooLong } from "@/lib/platform/text/length";

const longestComment = 500;

/** Approves or declines a request with a comment. */
export function DecideDialog({
  name,
  state,
  onDecide,
  onClose,
}: {
  name: string;
  state: "approved" | "declined";
  /** Returns whether it succeeded. */
  onDecide: (comment: string) => Promise<boolean>;
  onClose: () => void;
}) {
  const t = useTranslations("calendar.timeOff.decide");
  const ui = useTranslations("ui");
  const [comment, setComment] = useState("");
  const [isPending, setPending] = useState(false);
  const decide = async () => {
    if (isPending || isTooLong(comment, longestComment)) return;
    setPending(true);
    if (await onDecide(comment.trim())) onClose();
    else setPending(false);
  };
  return (
    <Dialog
      title={t(state === "approved" ? "approveTitle" : "declineTitle", { name })}
      isOpen
      width="small"
      onOpenChange={(open) => !open && onClose()}
      footer={
        <>
          <Button onPress={onClose}>{ui("cancel")}</Button>
          <Button
            look={state === "approved" ? "primary" : "danger"}
            isPending={isPending}
            onPress={() => void decide()}
          >
            {t(state === "approved" ? "approve" : "decline")}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void decide();
        }}
      >
        <TextField
          autoFocus
          label={t("comment")}
          help={t("commentHelp")}
          value={comment}
          onChange={setComment}
          limit={longestComment}
        />
      </form>
    </Dialog>
  );
}
