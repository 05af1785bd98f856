"use client";

import { Pause, Play, RotateCcw } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { IconButton } from "@/components/ui/icon-button";
import { Slider } from "@/components/ui/slider";

/** The playing element, so that starting another one stops it. */
let playing: HTMLAudioElement | undefined;

/** Formats seconds as `1:05`. */
export function clockText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** An audio player with play, pause, position and duration. */
export function Player({ src, name }: { src: string; name: string }) {
  const t = useTranslations("media.player");
  const audio = useRef<HTMLAudioElement>(null);
  const [state, setState] = useState<"paused" | "playing">("paused");
  /** Stays set during a retry, until playback starts. */
  const [isFailed, setFailed] = useState(false);
  const [position, setPosition] = useState(0);
  const [duration, setDuration] = useState<number>();
  /** Position to resume from after the file was requested again. */
  const resumeAt = useRef<number>(undefined);

  // A cached file may have loaded before hydration, so its events were missed.
  useEffect(() => {
    const seconds = audio.current?.duration;
    if (Number.isFinite(seconds)) setDuration(seconds);
  }, []);

  function play(from?: number) {
    const { current } = audio;
    if (!current) return;
    if (from !== undefined) {
      resumeAt.current = from;
      current.load();
    }
    // Rejects if the file cannot be loaded, which the error event handles.
    current.play().catch(() => undefined);
  }

  function onError() {
    // The signed URL expires after a minute, so a failure during playback reloads the file once.
    if (resumeAt.current === undefined && state === "playing" && duration !== undefined) play(position);
    else setFailed(true);
  }

  function seek(seconds: number) {
    setPosition(seconds);
    if (audio.current) audio.current.currentTime = seconds;
  }

  return (
    <div className="flex min-w-0 items-center gap-1">
      {/* biome-ignore lint/a11y/useMediaCaption: recordings have no captions. */}
      <audio
        ref={audio}
        src={src}
        preload="metadata"
        onLoadedMetadata={({ currentTarget }) => {
          if (Number.isFinite(currentTarget.duration)) setDuration(currentTarget.duration);
          if (resumeAt.current) currentTarget.currentTime = resumeAt.current;
        }}
        onDurationChange={({ currentTarget }) => {
          if (Number.isFinite(currentTarget.duration)) setDuration(currentTarget.duration);
        }}
        onTimeUpdate={({ currentTarget }) => setPosition(currentTarget.currentTime)}
        onPlay={({ currentTarget }) => {
          if (playing !== currentTarget) playing?.pause();
          playing = currentTarget;
          setState("playing");
        }}
        onPlaying={() => {
          resumeAt.current = undefined;
          setFailed(false);
        }}
        onPause={() => setState("paused")}
        onEnded={() => setPosition(0)}
        onError={onError}
      />
      {isFailed ? (
        <>
          <IconButton label={t("again", { name })} onPress={() => play(position)}>
            <RotateCcw aria-hidden="true" className="size-4" />
          </IconButton>
          <span role="alert" className="min-w-0 truncate text-danger text-sm">
            {t("failed")}
          </span>
        </>
      ) : (
        <>
          <IconButton
            label={state === "playing" ? t("pause", { name }) : t("play", { name })}
            onPress={() => (state === "playing" ? audio.current?.pause() : play())}
          >
            {state === "playing" ? (
              <Pause aria-hidden="true" className="size-4" />
            ) : (
              <Play aria-hidden="true" className="size-4 rtl:-scale-x-100" />
            )}
          </IconButton>
          <Slider
            hideLabel
            className="w-24 min-w-12 flex-1"
            label={t("position", { name })}
            value={Math.min(position, duration ?? 0)}
            minValue={0}
            maxValue={Math.max(duration ?? 0, 0.1)}
            step={0.1}
            formatOptions={{ style: "unit", unit: "second", unitDisplay: "long", maximumFractionDigits: 0 }}
            isDisabled={duration === undefined}
            onChange={seek}
          />
          <span dir="ltr" className="ms-1 w-20 shrink-0 text-muted text-sm tabular-nums">
            {duration !== undefined && `${clockText(position)} / ${clockText(duration)}`}
          </span>
        </>
      )}
    </div>
  );
}
