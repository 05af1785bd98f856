"use client";

import { CircleAlert } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { useFormatter } from "@/components/shell/time";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import { Progress } from "@/components/ui/progress";
import { RequestError } from "@/lib/platform/client/client";
import {
  openPicture,
  type Picture,
  PictureError,
  type PictureProblem,
  writeCrop,
} from "@/lib/workforce/media/client/picture";
import { uploadMedia } from "@/lib/workforce/media/client/queries";
import { type Crop, firstCrop } from "@/lib/workforce/media/crop";
import { CameraView } from "./camera-view";
import { CropView } from "./crop-view";
import { PictureSource } from "./picture-source";
import { useUploadProblem } from "./upload-problem";
import { useNoStrayDrops } from "./use-file-drop";

type Stage =
  | { kind: "source"; problem?: PictureProblem | undefined }
  | { kind: "camera" }
  | { kind: "crop"; picture: Picture };

type Sending = { step: "sending"; sent: number } | { step: "saving" } | { step: "failed"; reason: string };

/** Chooses, crops, uploads and saves a picture. Closing the dialog aborts a running upload. */
export function AvatarDialog({
  workspaceId,
  agentId,
  name,
  first,
  onSave,
  onClose,
}: {
  workspaceId: string;
  agentId: string;
  name: string;
  /** A file that was dropped before the dialog opened. */
  first?: File | undefined;
  onSave: (mediaUrl: string) => Promise<void>;
  onClose: () => void;
}) {
  const t = useTranslations("media.avatar");
  const ui = useTranslations("ui");
  const format = useFormatter();
  const uploadProblem = useUploadProblem();
  const [stage, setStage] = useState<Stage>({ kind: "source" });
  const [isOpening, setOpening] = useState(false);
  const [crop, setCrop] = useState<Crop>();
  const [sending, setSending] = useState<Sending>();
  const running = useRef<AbortController>(undefined);
  // Reused when only saving failed, to avoid a second upload.
  const arrived = useRef<{ crop: Crop; mediaUrl: string }>(undefined);
  useNoStrayDrops();

  function show(next: Stage) {
    if (stage.kind === "crop") stage.picture.close();
    running.current?.abort();
    setSending(undefined);
    setStage(next);
  }

  function close() {
    running.current?.abort();
    onClose();
  }

  async function open(file: Blob | undefined) {
    if (!file) return;
    setOpening(true);
    try {
      const picture = await openPicture(file);
      setCrop(firstCrop(picture.size));
      show({ kind: "crop", picture });
    } catch (error) {
      show({ kind: "source", problem: error instanceof PictureError ? error.problem : "unreadable" });
    } finally {
      setOpening(false);
    }
  }

  // Only once and only for the dropped file: others come through the dialog.
  const opensFirst = useRef(open);
  useEffect(() => void opensFirst.current(first), [first]);

  const paste = useRef(open);
  paste.current = open;
  const takesPaste = stage.kind !== "camera" && (!sending || sending.step === "failed");
  useEffect(() => {
    if (!takesPaste) return;
    const onPaste = (event: ClipboardEvent) => {
      const file = [...(event.clipboardData?.files ?? [])].find(({ type }) => type.startsWith("image/"));
      if (!file) return;
      event.preventDefault();
      void paste.current(file);
    };
    document.addEventListener("paste", onPaste);
    return () => document.removeEventListener("paste", onPaste);
  }, [takesPaste]);

  async function save(picture: Picture, chosen: Crop) {
    const controller = new AbortController();
    running.current = controller;
    const { signal } = controller;
    try {
      if (arrived.current?.crop !== chosen) {
        setSending({ step: "sending", sent: 0 });
        const mediaUrl = await uploadMedia(
          "avatar",
          { workspaceId, agentId },
          await writeCrop(picture, chosen),
          {
            signal,
            onProgress: (sent) => !signal.aborted && setSending({ step: "sending", sent }),
          },
        );
        arrived.current = { crop: chosen, mediaUrl };
      }
      setSending({ step: "saving" });
      await onSave(arrived.current.mediaUrl);
      onClose();
    } catch (error) {
      if (signal.aborted) return;
      // The server rejected the file, so a retry must upload a different one.
      if (error instanceof RequestError && error.status === 422) arrived.current = undefined;
      setSending({ step: "failed", reason: uploadProblem(error) });
    }
  }

  const isSending = sending !== undefined && sending.step !== "failed";
  const title = { source: t("change"), camera: t("camera.title"), crop: t("crop.title") }[stage.kind];

  return (
    <Dialog
      title={title}
      isOpen
      onOpenChange={(isOpen) => !isOpen && close()}
      footer={
        stage.kind === "crop" &&
        crop && (
          <>
            {isSending ? (
              <Button
                className="me-auto"
                look="quiet"
                isDisabled={sending.step === "saving"}
                onPress={() => {
                  running.current?.abort();
                  setSending(undefined);
                }}
              >
                {t("stop")}
              </Button>
            ) : (
              <Button className="me-auto" look="quiet" onPress={() => show({ kind: "source" })}>
                {t("chooseAnother")}
              </Button>
            )}
            {!isSending && (
              <Button onPress={close} className="max-sm:hidden">
                {ui("cancel")}
              </Button>
            )}
            <Button look="primary" isPending={isSending} onPress={() => void save(stage.picture, crop)}>
              {sending?.step === "failed" ? ui("retry") : t("save")}
            </Button>
          </>
        )
      }
    >
      {stage.kind === "source" && (
        <PictureSource
          problem={stage.problem}
          isOpening={isOpening}
          onFile={(file) => void open(file)}
          onCamera={() => show({ kind: "camera" })}
        />
      )}
      {stage.kind === "camera" && (
        <CameraView
          isOpening={isOpening}
          onPhoto={(photo) => void open(photo)}
          onBack={() => show({ kind: "source" })}
        />
      )}
      {stage.kind === "crop" && crop && (
        <div className="space-y-4">
          <CropView
            picture={stage.picture}
            crop={crop}
            onChange={(change) => setCrop((before) => before && change(before))}
            name={name}
            isDisabled={isSending}
          />
          {isSending && (
            <Progress
              label={t("uploading")}
              value={sending.step === "sending" ? sending.sent : 1}
              max={1}
              text={
                sending.step === "sending"
                  ? t("sent", { part: format.number(sending.sent, { style: "percent" }) })
                  : t("saving")
              }
            />
          )}
          {sending?.step === "failed" && (
            <Callout look="danger" role="alert" icon={<CircleAlert className="size-4" />}>
              {sending.reason}
            </Callout>
          )}
        </div>
      )}
    </Dialog>
  );
}
