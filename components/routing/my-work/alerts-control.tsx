"use client";

import { Bell, BellOff } from "lucide-react";
import { useState } from "react";
import { Button as AriaButton } from "react-aria-components/Button";
import { DialogTrigger } from "react-aria-components/Dialog";
import { useTranslations } from "use-intl";
import { Popover } from "@/components/ui/popover";
import { Switch } from "@/components/ui/switch";
import { type Alerts, canNotify, keepAlerts, playTones, turnOnNotices, useAlerts } from "./alerts";

/** Turns notifications and sound on or off for this browser. */
export function AlertsControl() {
  const t = useTranslations("routing.myWork.alerts");
  const alerts = useAlerts();
  const isOn = canNotify(alerts) || alerts.sound;
  return (
    <DialogTrigger>
      <AriaButton className="inline-flex h-8 shrink-0 items-center gap-2 rounded-md px-2 text-muted transition-colors data-hovered:bg-hover data-hovered:text-ink data-focus-visible:outline-2 data-focus-visible:outline-accent max-sm:h-11">
        {isOn ? (
          <Bell aria-hidden="true" className="size-4" />
        ) : (
          <BellOff aria-hidden="true" className="size-4" />
        )}
        {t("title")}
      </AriaButton>
      <Popover label={t("title")} placement="bottom end" className="w-80">
        <Choices alerts={alerts} />
      </Popover>
    </DialogTrigger>
  );
}

function Choices({ alerts }: { alerts: Alerts }) {
  const t = useTranslations("routing.myWork");
  const [failed, setFailed] = useState(false);
  const { permission, sound } = alerts;

  async function choose(isOn: boolean) {
    if (!isOn) return keepAlerts({ notify: "off" });
    const works = await turnOnNotices({ title: t("ask.first"), body: t("ask.firstText"), tag: "rollcall" });
    setFailed(!works);
  }

  const isBlocked = permission === "denied" || permission === "unsupported";
  return (
    <div className="flex flex-col gap-4 p-4">
      <div className="flex flex-col gap-1">
        <Switch isSelected={canNotify(alerts)} isDisabled={isBlocked} onChange={(isOn) => void choose(isOn)}>
          {t("alerts.notify")}
        </Switch>
        <p role="status" className="text-muted text-sm">
          {permission === "denied"
            ? t("alerts.denied")
            : permission === "unsupported" || failed
              ? t("alerts.unsupported")
              : t("alerts.notifyHelp")}
        </p>
      </div>
      <div className="flex flex-col gap-1">
        <Switch
          isSelected={sound}
          onChange={(isOn) => {
            keepAlerts({ sound: isOn });
            if (isOn) playTones();
          }}
        >
          {t("alerts.sound")}
        </Switch>
        <p className="text-muted text-sm">{t("alerts.soundHelp")}</p>
      </div>
    </div>
  );
}
