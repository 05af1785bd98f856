"use client";

import { useEffect, useRef, useState } from "react";
import {
  closeDevice,
  type DeviceProblem,
  deviceProblem,
  openDevice,
} from "@/lib/workforce/media/client/devices";
import { longestRecording, toWav } from "@/lib/workforce/media/client/recording";

export type RecorderState =
  | { stage: "ready" | "opening" | "converting" }
  | { stage: "recording" | "paused"; isSilent: boolean }
  | { stage: "done"; recording: Blob; url: string }
  /** `unreadable`: the recording cannot be decoded. */
  | { stage: "failed"; problem: DeviceProblem | "unreadable" };

/** Seconds without sound before a warning, and the level that counts as silence. */
const silence = { after: 3, level: 0.004 };
/** Milliseconds between updates of time and level. */
const tick = 100;

interface Session {
  stream: MediaStream;
  recorder: MediaRecorder;
  context: AudioContext;
  level: () => number;
  timer: number;
}

/**
 * Records from the microphone, up to `longestRecording`. The microphone is on only while recording or paused.
 */
export function useRecorder() {
  const [state, setState] = useState<RecorderState>({ stage: "ready" });
  const [seconds, setSeconds] = useState(0);
  const session = useRef<Session>(undefined);
  const url = useRef<string>(undefined);
  /** Incremented per recording and on unmount, so that results of earlier recordings are discarded. */
  const generation = useRef(0);

  function release() {
    const { current } = session;
    if (!current) return;
    session.current = undefined;
    window.clearInterval(current.timer);
    closeDevice(current.stream);
    void current.context.close();
  }

  function forget() {
    generation.current += 1;
    const recorder = session.current?.recorder;
    release();
    if (recorder && recorder.state !== "inactive") recorder.stop();
    if (url.current) URL.revokeObjectURL(url.current);
    url.current = undefined;
  }

  const leave = useRef(forget);
  leave.current = forget;
  useEffect(() => () => leave.current(), []);

  async function start() {
    forget();
    const mine = generation.current;
    setSeconds(0);
    setState({ stage: "opening" });
    let stream: MediaStream | undefined;
    try {
      if (typeof MediaRecorder === "undefined") throw new DOMException("No recorder.", "NotSupportedError");
      stream = await openDevice({ audio: { echoCancellation: true, noiseSuppression: true } });
      if (mine !== generation.current) return closeDevice(stream);
      const recorder = new MediaRecorder(stream);
      const pieces: Blob[] = [];
      recorder.ondataavailable = ({ data }) => pieces.push(data);
      recorder.onstop = () => {
        if (mine === generation.current) void finish(new Blob(pieces, { type: recorder.mimeType }), mine);
      };
      const meter = levelMeter(stream);
      recorder.start(1000);
      let recorded = 0;
      let loudest = 0;
      let before = performance.now();
      const timer = window.setInterval(() => {
        const now = performance.now();
        if (recorder.state === "recording") recorded += (now - before) / 1000;
        before = now;
        loudest = Math.max(loudest, meter.level());
        setSeconds(Math.min(recorded, longestRecording));
        setState((last) =>
          last.stage === "recording"
            ? { stage: "recording", isSilent: recorded > silence.after && loudest < silence.level }
            : last,
        );
        if (recorded >= longestRecording) stop();
      }, tick);
      session.current = { stream, recorder, timer, ...meter };
      setState({ stage: "recording", isSilent: false });
    } catch (error) {
      closeDevice(stream);
      if (mine === generation.current) setState({ stage: "failed", problem: deviceProblem(error) });
    }
  }

  async function finish(recorded: Blob, mine: number) {
    release();
    setState({ stage: "converting" });
    try {
      const recording = await toWav(recorded);
      if (mine !== generation.current) return;
      url.current = URL.createObjectURL(recording);
      setState({ stage: "done", recording, url: url.current });
    } catch {
      if (mine === generation.current) setState({ stage: "failed", problem: "unreadable" });
    }
  }

  function stop() {
    const recorder = session.current?.recorder;
    if (recorder && recorder.state !== "inactive") recorder.stop();
  }

  function pause() {
    session.current?.recorder.pause();
    setState({ stage: "paused", isSilent: false });
  }

  function resume() {
    session.current?.recorder.resume();
    setState({ stage: "recording", isSilent: false });
  }

  return {
    state,
    seconds,
    start: () => void start(),
    stop,
    pause,
    resume,
    /** Current level from 0 to 1. */
    level: () => session.current?.level() ?? 0,
  };
}

/** Measures the level of a stream as the root mean square of its latest samples. */
function levelMeter(stream: MediaStream) {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    context,
    level: () => {
      analyser.getFloatTimeDomainData(samples);
      return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
    },
  };
}
