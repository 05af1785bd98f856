"use client";

import { useState } from "react";
import { RadioButton, RadioField, RadioGroup } from "react-aria-components/RadioGroup";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { classes } from "@/components/ui/classes";
import { Dialog } from "@/components/ui/dialog";
import type { ProfileField, ProfileValues } from "./profile-fields";
import { wireForm } from "./profile-values";
import { useFieldName, useFieldWords } from "./use-field-words";
import type { Conflict } from "./use-profile-form";

type Side = "mine" | "theirs";

/** Resolves an edit conflict: for each field, choose your own value or the one saved by someone else. */
export function ConflictDialog({
  conflict,
  isSaving,
  onResolve,
  onClose,
}: {
  conflict: Conflict;
  isSaving: boolean;
  onResolve: (takeTheirs: ProfileField[]) => void;
  onClose: () => void;
}) {
  const t = useTranslations("profile.conflict");
  const fieldName = useFieldName();
  const [theirs, setTheirs] = useState<readonly ProfileField[]>([]);
  const { fields } = conflict;
  const choose = (field: ProfileField, side: Side) =>
    setTheirs(side === "theirs" ? [...theirs, field] : theirs.filter((each) => each !== field));
  return (
    <Dialog
      isOpen
      isBlocking
      role="alertdialog"
      width="large"
      title={t("title")}
      onOpenChange={onClose}
      footer={
        <>
          <Button look="quiet" onPress={onClose}>
            {t("back")}
          </Button>
          <Button
            look="primary"
            isPending={isSaving}
            onPress={() => onResolve(fields.filter((field) => theirs.includes(field)))}
          >
            {t("save")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <p>{t("intro", { count: fields.length })}</p>
        {fields.length > 1 && (
          <div className="flex gap-2">
            <Button size="small" onPress={() => setTheirs([])}>
              {t("allMine")}
            </Button>
            <Button size="small" onPress={() => setTheirs(fields)}>
              {t("allTheirs")}
            </Button>
          </div>
        )}
        {fields.map((field) => (
          <RadioGroup
            key={field}
            aria-label={fieldName(field)}
            value={theirs.includes(field) ? "theirs" : "mine"}
            onChange={(side) => choose(field, side as Side)}
            className="flex flex-col gap-1.5"
          >
            <span aria-hidden="true" className="font-medium">
              {fieldName(field)}
            </span>
            <div className="grid gap-2 sm:grid-cols-2">
              <Choice side="mine" field={field} values={conflict.mine} />
              <Choice side="theirs" field={field} values={conflict.theirs} />
            </div>
          </RadioGroup>
        ))}
      </div>
    </Dialog>
  );
}

function Choice({ side, field, values }: { side: Side; field: ProfileField; values: ProfileValues }) {
  const t = useTranslations("profile.conflict");
  const words = useFieldWords();
  const value = field === "assignedSkills" ? values.assignedSkills : wireForm(field, values);
  return (
    <RadioField value={side} className="flex min-w-0">
      <RadioButton
        className={classes(
          "group flex min-w-0 flex-1 cursor-default items-start gap-2.5 rounded-lg border border-line px-3 py-2.5 transition-colors",
          "data-hovered:bg-hover data-selected:border-accent data-selected:bg-accent-soft",
          "data-focus-visible:outline-2 data-focus-visible:outline-accent data-focus-visible:outline-offset-2",
        )}
      >
        <span
          aria-hidden="true"
          className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full border border-line-strong group-data-selected:border-accent group-data-selected:border-[5px]"
        />
        <span className="min-w-0">
          <span className="block font-medium text-sm">{t(side)}</span>
          <span className="block max-h-40 overflow-y-auto whitespace-pre-line break-words">
            {words(field, value)}
          </span>
        </span>
      </RadioButton>
    </RadioField>
  );
}
