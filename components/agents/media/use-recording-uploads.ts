"use client";

import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { isAccepted, uploadMedia } from "@/lib/workforce/media/client/queries";
import { recordingProblem } from "@/lib/workforce/media/client/recording";
import { useUploadProblem } from "./upload-problem";

export interface RecordingUpload {
  key: number;
  name: string;
  state:
    | { step: "sending"; sent: number }
    /** The file was sent and the server is validating it. */
    | { step: "checking" }
    | { step: "failed"; reason: string; canRetry: boolean };
}

/** Uploads recordings in parallel. `onUploaded` is called with each one that the server accepts. */
export function useRecordingUploads(
  agent: { workspaceId: string; agentId: string },
  onUploaded: (recording: { name: string; mediaUrl: string; file: Blob }) => void,
) {
  const t = useTranslations("media.recordings");
  const uploadProblem = useUploadProblem();
  const [uploads, setUploads] = useState<RecordingUpload[]>([]);
  const running = useRef(new Map<number, { file: Blob; name: string; controller: AbortController }>());
  const nextKey = useRef(0);
  const report = useRef(onUploaded);
  report.current = onUploaded;

  useEffect(() => {
    const { current } = running;
    return () => {
      for (const { controller } of current.values()) controller.abort();
    };
  }, []);

  const show = (key: number, state: RecordingUpload["state"]) =>
    setUploads((before) => before.map((each) => (each.key === key ? { ...each, state } : each)));

  async function send(key: number) {
    const upload = running.current.get(key);
    if (!upload) return;
    const { file, name } = upload;
    const controller = new AbortController();
    running.current.set(key, { ...upload, controller });
    const { signal } = controller;
    const fail = (reason: string, canRetry: boolean) => show(key, { step: "failed", reason, canRetry });
    try {
      const problem = await recordingProblem(file);
      if (problem) {
        const { key, ...values } = problem;
        return fail(t(`problem.${key}`, values), false);
      }
      const mediaUrl = await uploadMedia("audio", agent, file, {
        signal,
        onProgress: (sent) => !signal.aborted && show(key, { step: "sending", sent }),
      });
      show(key, { step: "checking" });
      if (!(await isAccepted(mediaUrl, signal))) return fail(t("problem.unreadable"), false);
      remove(key);
      report.current({ name, mediaUrl, file });
    } catch (error) {
      if (!signal.aborted) fail(uploadProblem(error), true);
    }
  }

  function remove(key: number) {
    running.current.get(key)?.controller.abort();
    running.current.delete(key);
    setUploads((before) => before.filter((each) => each.key !== key));
  }

  return {
    uploads,
    remove,
    add(name: string, file: Blob) {
      nextKey.current += 1;
      const key = nextKey.current;
      running.current.set(key, { file, name, controller: new AbortController() });
      setUploads((before) => [...before, { key, name, state: { step: "sending", sent: 0 } }]);
      void send(key);
    },
    retry(key: number) {
      show(key, { step: "sending", sent: 0 });
      void send(key);
    },
  };
}
