"use client";

import { SlidersHorizontal } from "lucide-react";
import { Suspense } from "react";
import { DialogTrigger } from "react-aria-components/Dialog";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { lazyPart } from "@/components/ui/lazy-part";
import { Popover } from "@/components/ui/popover";
import { Skeleton } from "@/components/ui/skeleton";
import type { DisplayProps } from "./display-panel";

const loadPanel = () => import("./display-panel");
const DisplayPanel = lazyPart(async () => (await loadPanel()).DisplayPanel);

/** Chooses the columns and the density of the table. */
export function DisplayMenu(props: DisplayProps) {
  const t = useTranslations("agents.display");
  return (
    <DialogTrigger>
      <Button look="quiet" onHoverStart={() => void loadPanel().catch(() => undefined)}>
        <SlidersHorizontal aria-hidden="true" className="size-4 text-muted" />
        {t("title")}
      </Button>
      <Popover label={t("title")} placement="bottom end" className="w-64">
        <Suspense fallback={<Skeleton className="m-3 h-96" />}>
          <DisplayPanel {...props} />
        </Suspense>
      </Popover>
    </DialogTrigger>
  );
}
