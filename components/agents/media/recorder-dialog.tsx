"use client";

import { Mic, MicOff, Pause, Play, RotateCcw, Square } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import { Spinner } from "@/components/ui/spinner";
import { TextField } from "@/components/ui/text-field";
import { isTooLong } from "@/lib/platform/text/length";
import { longestRecording } from "@/lib/workforce/media/client/recording";
import { longestName } from "./drop-vm";
import { clockText, Player } from "./player";
import { useRecorder } from "./use-recorder";

/** Records a message, with pause, preview and name. */
export function RecorderDialog({
  suggestedName,
  onRecorded,
  onClose,
}: {
  suggestedName: string;
  onRecorded: (name: string, recording: Blob) => void;
  onClose: () => void;
}) {
  const t = useTranslations("media.recorder");
  const ui = useTranslations("ui");
  const { state, seconds, start, stop, pause, resume, level } = useRecorder();
  const [name, setName] = useState(suggestedName);
  const isRunning = state.stage === "recording" || state.stage === "paused";
  const isLost = isRunning || state.stage === "converting" || state.stage === "done";

  return (
    <Dialog
      title={t("title")}
      width="small"
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      isBlocking={isLost}
      footer={
        <>
          <Button className="me-auto" look="quiet" onPress={onClose}>
            {isLost ? t("discard") : ui("cancel")}
          </Button>
          {state.stage === "done" && (
            <>
              <Button onPress={start}>
                <RotateCcw aria-hidden="true" className="size-4" />
                {t("again")}
              </Button>
              <Button
                look="primary"
                isDisabled={name.trim() === "" || isTooLong(name, longestName)}
                onPress={() => onRecorded(name.trim(), state.recording)}
              >
                {t("use")}
              </Button>
            </>
          )}
        </>
      }
    >
      <div className="flex min-h-36 flex-col justify-center gap-4">
        {state.stage === "failed" && (
          <Callout look="warning" role="alert" icon={<MicOff className="size-4" />}>
            {t(`problem.${state.problem}`)}
          </Callout>
        )}
        {(state.stage === "ready" || state.stage === "failed") && (
          <div className="flex flex-col items-center gap-3 text-center">
            {state.stage === "ready" && <p className="text-muted">{t("intro")}</p>}
            <Button autoFocus look="primary" onPress={start}>
              <Mic aria-hidden="true" className="size-4" />
              {state.stage === "failed" ? ui("retry") : t("start")}
            </Button>
          </div>
        )}
        {(state.stage === "opening" || state.stage === "converting") && (
          <p role="status" className="flex items-center justify-center gap-2 text-center text-muted">
            <Spinner />
            {t(state.stage)}
          </p>
        )}
        {isRunning && (
          <div className="flex flex-col items-center gap-4">
            <p className="flex items-baseline gap-2 tabular-nums" dir="ltr">
              <span role="timer" className="font-semibold text-2xl">
                {clockText(seconds)}
              </span>
              <span className="text-muted">/ {clockText(longestRecording)}</span>
            </p>
            <LevelBar level={level} isOn={state.stage === "recording"} />
            <p role="status" className="text-muted text-sm">
              {state.stage === "paused" ? t("paused") : state.isSilent ? t("silent") : t("recording")}
            </p>
            <div className="flex flex-wrap justify-center gap-2">
              {state.stage === "recording" ? (
                <Button key="pause" onPress={pause}>
                  <Pause aria-hidden="true" className="size-4" />
                  {t("pause")}
                </Button>
              ) : (
                <Button key="resume" autoFocus onPress={resume}>
                  <Play aria-hidden="true" className="size-4 rtl:-scale-x-100" />
                  {t("resume")}
                </Button>
              )}
              <Button autoFocus look="primary" onPress={stop}>
                <Square aria-hidden="true" className="size-3.5" />
                {t("stop")}
              </Button>
            </div>
          </div>
        )}
        {state.stage === "done" && (
          <>
            <TextField
              autoFocus
              label={t("name")}
              value={name}
              onChange={setName}
              limit={longestName}
              error={name.trim() === "" ? t("nameRequired") : undefined}
            />
            <Player src={state.url} name={name.trim() || suggestedName} />
          </>
        )}
      </div>
    </Dialog>
  );
}

/** A level meter that writes to the DOM directly, because it updates 60 times per second. */
function LevelBar({ level, isOn }: { level: () => number; isOn: boolean }) {
  const bar = useRef<HTMLSpanElement>(null);
  const read = useRef(level);
  read.current = level;
  useEffect(() => {
    let frame = 0;
    let shown = 0;
    const draw = () => {
      // Logarithmic scale from -60 dB to 0 dB. Rises immediately and falls slowly.
      const loudness = isOn ? Math.max(0, 1 + Math.log10(Math.max(read.current(), 1e-3)) / 3) : 0;
      shown = Math.max(loudness, shown * 0.92);
      if (bar.current) bar.current.style.width = `${Math.min(1, shown) * 100}%`;
      frame = requestAnimationFrame(draw);
    };
    draw();
    return () => cancelAnimationFrame(frame);
  }, [isOn]);
  return (
    <span aria-hidden="true" className="h-2 w-full max-w-64 overflow-hidden rounded-full bg-pressed">
      <span ref={bar} className="block h-full rounded-full bg-accent" />
    </span>
  );
}
