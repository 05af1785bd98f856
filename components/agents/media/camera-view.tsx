"use client";

import { CameraOff, SwitchCamera } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { classes } from "@/components/ui/classes";
import { IconButton } from "@/components/ui/icon-button";
import { Spinner } from "@/components/ui/spinner";
import {
  closeDevice,
  type DeviceProblem,
  deviceProblem,
  openDevice,
} from "@/lib/workforce/media/client/devices";

/** Requested pixels of the camera's shorter edge. */
const wanted = 1080;

/** Shows the camera and takes a photo. The camera is on only while this is mounted. */
export function CameraView({
  isOpening,
  onPhoto,
  onBack,
}: {
  isOpening: boolean;
  onPhoto: (photo: Blob) => void;
  onBack: () => void;
}) {
  const t = useTranslations("media.avatar.camera");
  const ui = useTranslations("ui");
  const video = useRef<HTMLVideoElement>(null);
  const [cameras, setCameras] = useState<string[]>([]);
  const [chosen, setChosen] = useState<string>();
  /** The active camera, and whether it faces the user, so that its image is mirrored. */
  const [running, setRunning] = useState<{ deviceId: string | undefined; isMirror: boolean }>();
  const [problem, setProblem] = useState<DeviceProblem>();
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt opens the camera again.
  useEffect(() => {
    let isGone = false;
    let stream: MediaStream | undefined;
    async function open() {
      setProblem(undefined);
      setRunning(undefined);
      try {
        stream = await openDevice({
          video: {
            ...(chosen ? { deviceId: { exact: chosen } } : { facingMode: "user" }),
            width: { ideal: wanted },
            height: { ideal: wanted },
          },
        });
        if (isGone || !video.current) return closeDevice(stream);
        video.current.srcObject = stream;
        await video.current.play();
        const [track] = stream.getVideoTracks();
        const { deviceId, facingMode } = track?.getSettings() ?? {};
        // Browsers reveal camera names only after permission was granted.
        const devices = await navigator.mediaDevices.enumerateDevices();
        if (isGone) return;
        setCameras(devices.filter(({ kind }) => kind === "videoinput").map((device) => device.deviceId));
        setRunning({ deviceId, isMirror: facingMode !== "environment" });
        if (track) track.onended = () => setProblem("missing");
      } catch (error) {
        if (!isGone) setProblem(deviceProblem(error));
      }
    }
    void open();
    return () => {
      isGone = true;
      closeDevice(stream);
    };
  }, [chosen, attempt]);

  function takePhoto() {
    const { current } = video;
    if (!current) return;
    const canvas = document.createElement("canvas");
    canvas.width = current.videoWidth;
    canvas.height = current.videoHeight;
    canvas.getContext("2d")?.drawImage(current, 0, 0);
    canvas.toBlob((photo) => photo && onPhoto(photo), "image/jpeg", 0.95);
  }

  function switchCamera() {
    const here = cameras.indexOf(running?.deviceId ?? "");
    setChosen(cameras[(here + 1) % cameras.length]);
  }

  if (problem)
    return (
      <div className="space-y-4">
        <Callout look="warning" role="alert" icon={<CameraOff className="size-4" />}>
          {t(`problem.${problem}`)}
        </Callout>
        <div className="flex flex-wrap gap-2">
          <Button onPress={onBack}>{ui("back")}</Button>
          {problem !== "unsupported" && (
            <Button autoFocus onPress={() => setAttempt((before) => before + 1)}>
              {ui("retry")}
            </Button>
          )}
        </div>
      </div>
    );
  return (
    <div className="flex flex-col items-center gap-4">
      <div className="relative aspect-square w-full max-w-72 overflow-hidden rounded-lg bg-sunken">
        <video
          ref={video}
          muted
          playsInline
          aria-label={t("view")}
          className={classes("size-full object-cover", running?.isMirror !== false && "-scale-x-100")}
        />
        {!running && (
          <span
            role="status"
            className="absolute inset-0 flex items-center justify-center gap-2 px-6 text-center text-muted"
          >
            <Spinner />
            {t("opening")}
          </span>
        )}
      </div>
      <div className="flex w-full flex-wrap items-center justify-center gap-2">
        <Button onPress={onBack}>{ui("back")}</Button>
        <Button autoFocus look="primary" isDisabled={!running || isOpening} onPress={takePhoto}>
          {t("shoot")}
        </Button>
        {cameras.length > 1 && (
          <IconButton label={t("switch")} isDisabled={!running} onPress={switchCamera}>
            <SwitchCamera aria-hidden="true" className="size-4" />
          </IconButton>
        )}
      </div>
    </div>
  );
}
