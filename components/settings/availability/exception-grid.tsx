"use client";

import { Lock } from "lucide-react";
import { type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import { useCodeWord } from "@/components/availability/code-words";
import { Checkbox } from "@/components/ui/checkbox";
import { classes } from "@/components/ui/classes";
import {
  type AllowableCode,
  allowableCodes,
  type Code,
  channels,
  codes,
} from "@/lib/availability/effective/values";
import { isOpenDespite, isUsed, type PolicyValues, withException } from "./policy-values";

/** All codes with the channels that stay open despite them. Codes that always close have a reason. */
export function ExceptionGrid({
  values,
  onChange,
  isReadOnly,
}: {
  values: PolicyValues;
  onChange: (values: PolicyValues) => void;
  isReadOnly: boolean;
}) {
  const t = useTranslations("settings.policy");
  const title = useId();
  const codeName = useCodeWord();
  const note = useNote(values);
  return (
    <section aria-labelledby={title} className="space-y-3">
      <div>
        <h2 id={title} className="font-medium">
          {t("grid.title")}
        </h2>
        <p className="text-muted text-sm">{t("grid.help")}</p>
      </div>
      <table aria-labelledby={title} className="w-full">
        <thead>
          <tr className="h-8 border-line border-b text-muted text-xs">
            <th scope="col" className="pe-3 text-start font-medium">
              {t("grid.reason")}
            </th>
            {channels.map((channel) => (
              <th key={channel} scope="col" className="w-18 px-1 text-center font-medium sm:w-24">
                {t(`channels.${channel}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {codes.map((code) => {
            const allowable = allowableCodes.find((each) => each === code);
            const text = note(code);
            return (
              <tr key={code} className="border-line border-b">
                <th scope="row" className="py-1.5 pe-3 text-start font-normal">
                  <span className={classes(!isUsed(values, code) && "text-muted")}>{codeName(code)}</span>
                  {allowable && text && <span className="block text-muted text-sm">{text}</span>}
                </th>
                {allowable ? (
                  channels.map((channel) => (
                    <td key={channel} className="px-1 py-1.5 text-center align-middle">
                      <Checkbox
                        aria-label={t("grid.open", {
                          channel: t(`channels.${channel}`),
                          code: codeName(code),
                        })}
                        className="justify-center max-sm:min-h-11"
                        isReadOnly={isReadOnly}
                        isSelected={isOpenDespite(values, allowable, channel)}
                        onChange={(isOpen) => onChange(withException(values, allowable, channel, isOpen))}
                      />
                    </td>
                  ))
                ) : (
                  <td colSpan={channels.length} className="px-1 py-1.5">
                    <Closed>{text}</Closed>
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

/** Says that the code can't be excepted, and why. */
function Closed({ children }: { children: ReactNode }) {
  const t = useTranslations("settings.policy.grid");
  return (
    <span title={t("closed")} className="flex items-start gap-2 text-muted text-sm">
      <Lock aria-hidden="true" className="mt-0.5 size-3.5 shrink-0" />
      <span>
        <span className="sr-only">{t("closed")}. </span>
        {children}
      </span>
    </span>
  );
}

/** Catalog key of why each code that the policy can't except always closes. */
const why = {
  invited: "why.invited",
  suspended: "why.suspended",
  offline: "why.status",
  away: "why.status",
  timeOff: "why.timeOff",
  atCapacity: "why.atCapacity",
  inCall: "why.inCall",
} as const satisfies Record<Exclude<Code, AllowableCode>, string>;

const alwaysCloses = (code: Code): code is keyof typeof why => code in why;

/** Returns a function that explains why a code always closes, or can't occur with the current settings. */
function useNote(values: PolicyValues): (code: Code) => string | undefined {
  const t = useTranslations("settings.policy");
  return (code) => {
    if (alwaysCloses(code)) return t(why[code]);
    if (!isUsed(values, code)) return t("grid.unused");
    return code === "absent" ? t("why.absent") : undefined;
  };
}
