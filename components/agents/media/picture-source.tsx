"use client";

import { Camera, CircleAlert, ImagePlus, Upload } from "lucide-react";
import { FileTrigger } from "react-aria-components/FileTrigger";
import { useTranslations } from "use-intl";
import { useCommandKey } from "@/components/shell/command-key";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { classes } from "@/components/ui/classes";
import { Keys } from "@/components/ui/keys";
import type { PictureProblem } from "@/lib/workforce/media/client/picture";
import { useFileDrop } from "./use-file-drop";

/** Chooses a picture: file, drop, clipboard or camera. */
export function PictureSource({
  problem,
  isOpening,
  onFile,
  onCamera,
}: {
  /** Why the last picture was rejected. */
  problem?: PictureProblem | undefined;
  isOpening: boolean;
  onFile: (file: File) => void;
  onCamera: () => void;
}) {
  const t = useTranslations("media.avatar.source");
  const commandKey = useCommandKey();
  const { isOver, dropProps } = useFileDrop(([file]) => file && onFile(file));
  return (
    <div className="space-y-4">
      {problem && (
        <Callout look="danger" role="alert" icon={<CircleAlert className="size-4" />}>
          {t(`problem.${problem}`)}
        </Callout>
      )}
      <div
        {...dropProps}
        className={classes(
          "flex flex-col items-center gap-4 rounded-lg border border-dashed px-4 py-10 text-center transition-colors",
          isOver ? "border-accent bg-accent-soft" : "border-line-strong/50",
        )}
      >
        <span
          aria-hidden="true"
          className="flex size-10 items-center justify-center rounded-full bg-sunken text-muted"
        >
          <ImagePlus className="size-5" />
        </span>
        <p className="text-muted pointer-coarse:hidden">
          {t.rich("hint", { keys: () => <Keys keys={`${commandKey} V`} /> })}
        </p>
        <div className="flex flex-wrap justify-center gap-2">
          <FileTrigger
            acceptedFileTypes={["image/jpeg", "image/png", "image/webp", "image/gif"]}
            onSelect={(files) => files?.[0] && onFile(files[0])}
          >
            <Button autoFocus look="primary">
              <Upload aria-hidden="true" className="size-4" />
              {t("choose")}
            </Button>
          </FileTrigger>
          <Button onPress={onCamera}>
            <Camera aria-hidden="true" className="size-4" />
            {t("camera")}
          </Button>
        </div>
        <p role="status" className="text-muted text-sm">
          {isOpening ? t("opening") : t("types")}
        </p>
      </div>
    </div>
  );
}
