"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import { usePage } from "./page-context";

/** Shows a secret that the server returns only once. Escape and a press outside do not close it. */
export function OneTimeSecret({
  title,
  text,
  label,
  value,
  example,
}: {
  title: string;
  /** Describes the secret, its use, and that it is shown only once. */
  text: string;
  label: string;
  value: string;
  /** A code example. */
  example?: { label: string; code: string };
}) {
  const ui = useTranslations("ui");
  const { close } = usePage();
  return (
    <Dialog
      title={title}
      isOpen
      isBlocking
      onOpenChange={close}
      footer={
        <Button look="primary" onPress={close}>
          {ui("done")}
        </Button>
      }
    >
      <div className="space-y-4">
        <Callout look="warning">{text}</Callout>
        <Copyable label={label} code={value} isFirst />
        {example && <Copyable label={example.label} code={example.code} />}
      </div>
    </Dialog>
  );
}

/** A code text, shown in full, with a copy button. */
export function Copyable({
  label,
  code,
  isFirst = false,
}: {
  label: string;
  code: string;
  isFirst?: boolean;
}) {
  const t = useTranslations("settings.common");
  const [outcome, setOutcome] = useState<"copied" | "copyFailed">();
  useEffect(() => {
    if (outcome !== "copied") return;
    const timer = setTimeout(() => setOutcome(undefined), 3_000);
    return () => clearTimeout(timer);
  }, [outcome]);
  return (
    <section aria-label={label} className="space-y-1.5">
      <div className="flex items-end justify-between gap-3">
        <h3 className="font-medium text-sm">{label}</h3>
        <Button
          size="small"
          autoFocus={isFirst}
          onPress={() =>
            void navigator.clipboard.writeText(code).then(
              () => setOutcome("copied"),
              () => setOutcome("copyFailed"),
            )
          }
        >
          {outcome === "copied" ? (
            <Check aria-hidden="true" className="size-3.5 text-success" />
          ) : (
            <Copy aria-hidden="true" className="size-3.5" />
          )}
          {t(outcome === "copied" ? "copied" : "copy")}
        </Button>
      </div>
      <pre
        dir="ltr"
        className="select-all whitespace-pre-wrap rounded-md border border-line bg-sunken px-2.5 py-2 font-mono text-sm [overflow-wrap:anywhere]"
      >
        {code}
      </pre>
      <p role="status" className={outcome === "copyFailed" ? "text-danger text-sm" : "sr-only"}>
        {outcome && t(outcome)}
      </p>
    </section>
  );
}
