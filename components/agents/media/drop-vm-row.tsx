"use client";

import { CircleAlert, Trash2, X } from "lucide-react";
import { useTranslations } from "use-intl";
import { useFormatter } from "@/components/shell/time";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Progress } from "@/components/ui/progress";
import { TextField } from "@/components/ui/text-field";
import type { DropVm } from "./drop-vm";
import { Player } from "./player";
import type { RecordingUpload } from "./use-recording-uploads";

const rowClasses = "flex flex-wrap items-center gap-x-3 gap-y-2 px-3 py-2";

/** A recording with its name, player and remove button. */
export function DropVmRow({
  item,
  number,
  src,
  isReadOnly,
  nameError,
  fileError,
  onRename,
  onRemove,
}: {
  item: DropVm;
  /** Position in the list, starting at 1. */
  number: number;
  src: string;
  isReadOnly: boolean;
  nameError?: string | undefined;
  fileError?: string | undefined;
  onRename: (name: string) => void;
  onRemove: () => void;
}) {
  const t = useTranslations("media.recordings");
  const spoken = item.name.trim() || t("newName", { number });
  return (
    <li className={rowClasses}>
      {isReadOnly ? (
        <span className="min-w-0 flex-1 basis-48 break-words">{item.name}</span>
      ) : (
        <TextField
          className="flex-1 basis-48"
          label={t("nameOf", { number })}
          hideLabel
          value={item.name}
          onChange={onRename}
          error={nameError}
        />
      )}
      <div className="flex min-w-0 items-center gap-1 max-sm:w-full">
        <div className="min-w-0 flex-1 sm:w-60">
          <Player src={src} name={spoken} />
        </div>
        {!isReadOnly && (
          <IconButton label={t("remove", { name: spoken })} onPress={onRemove}>
            <Trash2 aria-hidden="true" className="size-4" />
          </IconButton>
        )}
      </div>
      {fileError && (
        <p role="alert" className="basis-full text-danger text-sm">
          {fileError}
        </p>
      )}
    </li>
  );
}

/** The progress or error of an upload. */
export function UploadRow({
  upload: { name, state },
  onRetry,
  onRemove,
}: {
  upload: RecordingUpload;
  onRetry: () => void;
  onRemove: () => void;
}) {
  const t = useTranslations("media.recordings");
  const ui = useTranslations("ui");
  const format = useFormatter();
  return (
    <li className={rowClasses}>
      <span className="min-w-0 flex-1 basis-48 truncate">{name}</span>
      {state.step !== "failed" && (
        <div className="min-w-0 flex-1 basis-40 sm:max-w-60">
          <Progress
            label={t("uploading", { name })}
            value={state.step === "sending" ? state.sent : 1}
            max={1}
            text={
              state.step === "sending"
                ? t("sent", { part: format.number(state.sent, { style: "percent" }) })
                : t("checking")
            }
          />
        </div>
      )}
      {state.step === "failed" && state.canRetry && (
        <Button size="small" onPress={onRetry}>
          {ui("retry")}
        </Button>
      )}
      <IconButton
        label={state.step === "failed" ? t("remove", { name }) : t("stop", { name })}
        onPress={onRemove}
      >
        <X aria-hidden="true" className="size-4" />
      </IconButton>
      {state.step === "failed" && (
        <p role="alert" className="flex basis-full items-center gap-1.5 text-danger text-sm">
          <CircleAlert aria-hidden="true" className="size-4 shrink-0" />
          {state.reason}
        </p>
      )}
    </li>
  );
}
