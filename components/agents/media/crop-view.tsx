"use client";

import { Minus, Plus, RotateCw } from "lucide-react";
import { useEffect, useId, useRef } from "react";
import { useTranslations } from "use-intl";
import { classes } from "@/components/ui/classes";
import { IconButton } from "@/components/ui/icon-button";
import { Slider } from "@/components/ui/slider";
import { drawCrop, type Picture } from "@/lib/workforce/media/client/picture";
import { type Crop, maxZoom, turn, zoomBy } from "@/lib/workforce/media/crop";
import { type ChangeCrop, useCropGestures } from "./use-crop-gestures";

/** Canvas size in pixels, enough for a high-density screen. */
const viewEdge = 640;
const buttonStep = 1.25;

/** Crops a picture to a square, with a round preview and controls to move, zoom and rotate. */
export function CropView({
  picture,
  crop,
  onChange,
  name,
  isDisabled,
}: {
  picture: Picture;
  crop: Crop;
  onChange: ChangeCrop;
  /** The agent's name. */
  name: string;
  isDisabled: boolean;
}) {
  const t = useTranslations("media.avatar.crop");
  const hint = useId();
  const view = useRef<HTMLDivElement>(null);
  const gestures = useCropGestures(view, picture.size, onChange, isDisabled);
  // The element that had focus was unmounted with the previous step.
  useEffect(() => view.current?.focus(), []);
  const most = maxZoom(picture.size);
  const zoom = (factor: number) => onChange((before) => zoomBy(picture.size, before, factor));

  return (
    <div className="flex flex-col items-center gap-4 sm:flex-row sm:items-start">
      <div className="flex w-full max-w-72 flex-col gap-3">
        {/* `role="application"` makes screen readers pass the arrow keys through. */}
        <div
          ref={view}
          {...gestures}
          role="application"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it is moved by keys.
          tabIndex={0}
          aria-label={t("view", { name })}
          aria-describedby={hint}
          className={classes(
            "relative aspect-square w-full touch-none select-none overflow-hidden rounded-lg bg-sunken",
            "focus-visible:outline-2 focus-visible:outline-accent focus-visible:outline-offset-2",
            isDisabled ? "opacity-60" : "cursor-move",
          )}
        >
          <CropCanvas picture={picture} crop={crop} edge={viewEdge} className="size-full" />
          <span
            aria-hidden="true"
            className="pointer-events-none absolute inset-0 rounded-full shadow-[0_0_0_20rem_var(--overlay)] ring-1 ring-surface/80"
          />
        </div>
        <div className="flex items-center gap-1">
          <IconButton
            label={t("zoomOut")}
            keys="−"
            isDisabled={isDisabled || crop.zoom <= 1}
            onPress={() => zoom(1 / buttonStep)}
          >
            <Minus aria-hidden="true" className="size-4" />
          </IconButton>
          <Slider
            hideLabel
            className="mx-1 flex-1"
            label={t("zoom")}
            value={crop.zoom}
            minValue={1}
            // React Aria rejects an empty range, as of a picture that cannot be zoomed.
            maxValue={Math.max(most, 1.01)}
            step={0.01}
            formatOptions={{ style: "percent" }}
            isDisabled={isDisabled || most === 1}
            onChange={(value) => onChange((before) => zoomBy(picture.size, before, value / before.zoom))}
          />
          <IconButton
            label={t("zoomIn")}
            keys="+"
            isDisabled={isDisabled || crop.zoom >= most}
            onPress={() => zoom(buttonStep)}
          >
            <Plus aria-hidden="true" className="size-4" />
          </IconButton>
          <IconButton
            label={t("turn")}
            keys="R"
            isDisabled={isDisabled}
            onPress={() => onChange((before) => turn(picture.size, before))}
          >
            <RotateCw aria-hidden="true" className="size-4" />
          </IconButton>
        </div>
      </div>
      <div className="flex flex-1 flex-col gap-4 max-sm:w-full max-sm:flex-row max-sm:items-center">
        <div className="flex shrink-0 items-end gap-3" role="img" aria-label={t("preview")}>
          <CropCanvas picture={picture} crop={crop} edge={192} className="size-24 max-sm:size-12" />
          <CropCanvas picture={picture} crop={crop} edge={64} className="size-8 max-sm:hidden" />
        </div>
        <p id={hint} className="text-muted text-sm">
          <span className="pointer-coarse:hidden">{t("hint")}</span>
          <span className="hidden pointer-coarse:inline">{t("touchHint")}</span>
        </p>
      </div>
    </div>
  );
}

function CropCanvas({
  picture,
  crop,
  edge,
  className,
}: {
  picture: Picture;
  crop: Crop;
  edge: number;
  className: string;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (context) drawCrop(context, picture, crop, edge);
  }, [picture, crop, edge]);
  return (
    <canvas
      ref={canvas}
      width={edge}
      height={edge}
      className={classes(className, edge < viewEdge && "rounded-full")}
    />
  );
}
