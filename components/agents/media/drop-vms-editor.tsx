"use client";

import { Mic, Upload } from "lucide-react";
import { Suspense, useEffect, useRef, useState } from "react";
import { FileTrigger } from "react-aria-components/FileTrigger";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { classes } from "@/components/ui/classes";
import { lazyPart } from "@/components/ui/lazy-part";
import { notify } from "@/components/ui/toast";
import { nameOfFile } from "@/lib/workforce/media/client/recording";
import { type DropVm, longestName } from "./drop-vm";
import { DropVmRow, UploadRow } from "./drop-vm-row";
import { useFileDrop, useNoStrayDrops } from "./use-file-drop";
import { useRecordingUploads } from "./use-recording-uploads";

const RecorderDialog = lazyPart(async () => (await import("./recorder-dialog")).RecorderDialog);

/**
 * Media types and extensions: operating systems name the same type differently and recognize some files only
 * by extension.
 */
const recordingTypes = [
  ...["mpeg", "mp3", "wav", "x-wav", "wave", "vnd.wave", "ogg", "opus", "mp4", "x-m4a"].map(
    (type) => `audio/${type}`,
  ),
  ...[".mp3", ".wav", ".ogg", ".oga", ".opus", ".m4a"],
];

/** Maximum number of recordings (docs/contract.md §3). */
const mostRecordings = 20;

/**
 * Edits the agent's voicemail drop recordings. A file uploads immediately and is added to `value` once the
 * server accepts it; the surrounding form saves the list. `errors` are keyed by path within the list, such as
 * `0.name`.
 */
export function DropVmsEditor({
  workspaceId,
  agentId,
  value,
  onChange,
  onUploading,
  isReadOnly = false,
  errors = {},
}: {
  workspaceId: string;
  agentId: string;
  value: readonly DropVm[];
  onChange: (value: DropVm[]) => void;
  /** Gets whether there are recordings that would be lost if the editor were removed. */
  onUploading?: (isUploading: boolean) => void;
  isReadOnly?: boolean;
  errors?: Record<string, string>;
}) {
  const t = useTranslations("media.recordings");
  const ui = useTranslations("ui");
  const [isRecording, setRecording] = useState(false);
  const [news, setNews] = useState("");
  const addButton = useRef<HTMLButtonElement>(null);
  /** Object URLs, so that recordings uploaded here play without a download. */
  const local = useRef(new Map<string, string>());
  // Uploads and undos finish later, when the list may have changed.
  const latest = useRef(value);
  latest.current = value;
  const change = (next: DropVm[]) => {
    latest.current = next;
    onChange(next);
  };

  const { uploads, add, retry, remove } = useRecordingUploads(
    { workspaceId, agentId },
    ({ name, mediaUrl, file }) => {
      local.current.set(mediaUrl, URL.createObjectURL(file));
      change([...latest.current, { name, mediaUrl }]);
      setNews(t("added", { name }));
    },
  );
  const underway = uploads.filter(({ state }) => state.step !== "failed" || state.canRetry);
  const isUploading = underway.length > 0;
  useEffect(() => onUploading?.(isUploading), [isUploading, onUploading]);
  const room = mostRecordings - value.length - underway.length;

  function addFiles(files: File[]) {
    for (const [index, file] of files.slice(0, Math.max(0, room)).entries())
      add(nameOfFile(file.name, longestName) || suggestedName(index), file);
    if (files.length > room) notify({ kind: "error", title: t("tooMany", { max: mostRecordings }) });
  }

  const suggestedName = (more = 0) =>
    t("newName", { number: latest.current.length + uploads.length + 1 + more });
  const { isOver, dropProps } = useFileDrop(addFiles, isReadOnly || room <= 0);
  useNoStrayDrops();

  useEffect(() => {
    const { current } = local;
    return () => {
      for (const url of current.values()) URL.revokeObjectURL(url);
      current.clear();
    };
  }, []);

  function removeAt(index: number) {
    const item = value[index];
    if (!item) return;
    change(value.filter((_, at) => at !== index));
    addButton.current?.focus();
    notify({
      kind: "info",
      title: t("removed", { name: item.name }),
      action: {
        label: ui("undo"),
        run: () => {
          const now = latest.current;
          if (now.some(({ mediaUrl }) => mediaUrl === item.mediaUrl)) return;
          change([...now.slice(0, index), item, ...now.slice(index)]);
        },
      },
    });
  }

  if (isReadOnly && value.length === 0) return <p className="text-muted">{t("none")}</p>;
  return (
    <div
      {...dropProps}
      className={classes(
        "space-y-3 rounded-lg",
        isOver && "outline-2 outline-accent outline-dashed outline-offset-4",
      )}
    >
      {value.length + uploads.length > 0 && (
        <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
          {value.map((item, index) => (
            <DropVmRow
              key={item.mediaUrl}
              item={item}
              number={index + 1}
              src={local.current.get(item.mediaUrl) ?? item.mediaUrl}
              isReadOnly={isReadOnly}
              nameError={errors[`${index}.name`]}
              fileError={errors[`${index}.mediaUrl`] ?? errors[`${index}.id`]}
              onRename={(name) => change(value.map((each, at) => (at === index ? { ...each, name } : each)))}
              onRemove={() => removeAt(index)}
            />
          ))}
          {uploads.map((upload) => (
            <UploadRow
              key={upload.key}
              upload={upload}
              onRetry={() => retry(upload.key)}
              onRemove={() => {
                remove(upload.key);
                addButton.current?.focus();
              }}
            />
          ))}
        </ul>
      )}
      {!isReadOnly && (
        <div className="flex flex-wrap items-center gap-2">
          <Button ref={addButton} isDisabled={room <= 0} onPress={() => setRecording(true)}>
            <Mic aria-hidden="true" className="size-4" />
            {t("record")}
          </Button>
          <FileTrigger
            allowsMultiple
            acceptedFileTypes={recordingTypes}
            onSelect={(files) => files && addFiles([...files])}
          >
            <Button isDisabled={room <= 0}>
              <Upload aria-hidden="true" className="size-4" />
              {t("upload")}
            </Button>
          </FileTrigger>
          <span className="text-muted text-sm">
            {room > 0 ? t("types") : t("tooMany", { max: mostRecordings })}
          </span>
        </div>
      )}
      <span role="status" className="sr-only">
        {news}
      </span>
      {isRecording && (
        <Suspense>
          <RecorderDialog
            suggestedName={suggestedName()}
            onRecorded={(name, recording) => {
              setRecording(false);
              add(name, recording);
            }}
            onClose={() => setRecording(false)}
          />
        </Suspense>
      )}
    </div>
  );
}
