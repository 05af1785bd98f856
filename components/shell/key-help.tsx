"use client";

import { useTranslations } from "use-intl";
import { Dialog } from "@/components/ui/dialog";
import { Keys } from "@/components/ui/keys";
import { useCommandKey } from "./command-key";

/** All keyboard shortcuts, by the place where they work. */
const groups = [
  {
    id: "everywhere",
    keys: [
      ["palette", "command K"],
      ["help", "?"],
      ["close", "Esc"],
    ],
  },
  {
    id: "work",
    keys: [
      ["accept", "a"],
      ["decline", "d"],
    ],
  },
  { id: "board", keys: [["fullScreen", "f"]] },
  {
    id: "queue",
    keys: [
      ["down", "j"],
      ["up", "k"],
      ["open", "Enter"],
      ["previousPage", "["],
      ["nextPage", "]"],
    ],
  },
  {
    id: "timeOff",
    keys: [
      ["nextRequest", "j"],
      ["previousRequest", "k"],
      ["approve", "a"],
      ["declineRequest", "d"],
    ],
  },
  {
    id: "list",
    keys: [
      ["search", "/"],
      ["filter", "f"],
      ["down", "j"],
      ["up", "k"],
      ["open", "Enter"],
      ["select", "x"],
      ["selectMore", "Shift ↓"],
      ["selectPage", "command A"],
      ["previousPage", "["],
      ["nextPage", "]"],
    ],
  },
  {
    id: "editor",
    keys: [
      ["save", "command S"],
      ["nextAgent", "j"],
      ["previousAgent", "k"],
    ],
  },
] as const;

export function KeyHelp({ onClose }: { onClose: () => void }) {
  const t = useTranslations("shell.keys");
  const commandKey = useCommandKey();
  return (
    <Dialog title={t("title")} isOpen onOpenChange={onClose} width="small">
      <div className="flex flex-col gap-5">
        {groups.map((group) => (
          <section key={group.id}>
            <h3 className="pb-1 font-medium text-muted text-sm">{t(`groups.${group.id}`)}</h3>
            <dl className="divide-y divide-line">
              {group.keys.map(([name, keys]) => (
                <div key={name} className="flex min-h-9 items-center justify-between gap-4">
                  <dt>{t(`names.${name}`)}</dt>
                  <dd>
                    <Keys keys={keys.replace("command", commandKey)} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
