"use client";

import { type KeyboardEvent, type ReactNode, useRef } from "react";
import type { FieldPath, FieldValues, UseFormReturn } from "react-hook-form";
import { useTranslations } from "use-intl";
import { showDetails } from "@/components/shell/form-errors";
import { useProblemText } from "@/components/shell/problem-text";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { dockDialog } from "@/components/ui/dock";
import { endTyping, isSaveKey, useSaveKey } from "@/components/ui/use-save-key";
import { RequestError } from "@/lib/platform/client/client";
import { isConflict } from "@/lib/platform/client/guarded-change";
import type { ErrorCode } from "@/lib/platform/http/errors";
import { usePage } from "./page-context";
import { PanelBody, useFormButtons, useLossGuard } from "./panel";

/** An error that belongs to one field, with a translated message. */
export interface FieldConflict<Values extends FieldValues> {
  field: FieldPath<Values>;
  message: string;
}

/** Error type that marks a message as already translated. */
export const wordedError = "worded";

/**
 * The form of a panel with scrolling fields and fixed buttons. Shows server errors at their fields where
 * possible. Ctrl+S or ⌘S saves.
 */
export function PanelForm<Values extends FieldValues, Parsed>({
  form,
  conflicts = {},
  complaints = {},
  onSubmit,
  isOutdated = false,
  children,
}: {
  form: UseFormReturn<Values, unknown, Parsed>;
  conflicts?: Partial<Record<ErrorCode, FieldConflict<Values>>>;
  /** Messages per field for a server error that has only one possible cause. */
  complaints?: { [Name in FieldPath<Values>]?: string };
  /** Saves the values. A rejection is shown as an error. */
  onSubmit: (values: Parsed) => Promise<void>;
  /** Whether someone else has changed the item since the form was opened. */
  isOutdated?: boolean;
  children: ReactNode;
}) {
  const ui = useTranslations("ui");
  const common = useTranslations("settings.common");
  const problems = useTranslations("errors");
  const problemText = useProblemText();
  const { panel } = usePage();
  const buttons = useFormButtons();
  const element = useRef<HTMLFormElement>(null);
  const { isDirty, isSubmitting, isSubmitSuccessful, errors } = form.formState;
  useLossGuard(isDirty && !isSubmitSuccessful);

  const submit = form.handleSubmit(async (values) => {
    try {
      await onSubmit(values);
    } catch (error) {
      const names = Object.keys(form.getValues()) as FieldPath<Values>[];
      const conflict = error instanceof RequestError && error.code !== "NoAnswer" && conflicts[error.code];
      if (conflict) form.setError(conflict.field, { type: wordedError, message: conflict.message });
      else if (showDetails(error, names, form.setError)) wordComplaints(error, names);
      else {
        const message = isConflict(error) ? common("conflict") : problemText(error);
        form.setError("root.refusal", { type: wordedError, message });
      }
    }
  }, nameHiddenErrors);

  /** An error of a field that isn't shown would make the button do nothing. */
  function nameHiddenErrors() {
    requestAnimationFrame(() => {
      if (element.current?.querySelector('[aria-invalid="true"], [role="alert"]')) return;
      form.setError("root.refusal", { type: wordedError, message: problems("refusals.fields") });
    });
  }

  function wordComplaints(error: unknown, names: readonly FieldPath<Values>[]) {
    for (const name of names)
      if (complaints[name] && error instanceof RequestError && error.details[name])
        form.setError(name, { type: wordedError, message: complaints[name] });
  }

  const save = () => element.current?.requestSubmit();
  // Just after a list of choices has closed, nothing has the focus.
  useSaveKey(save, ({ target }) => target === document.body);

  function onKeyDown(event: KeyboardEvent) {
    if (!isSaveKey(event)) return;
    event.preventDefault();
    endTyping();
    save();
  }

  return (
    <form
      ref={element}
      noValidate
      onSubmit={(event) => {
        event.stopPropagation();
        const outside = element.current?.querySelector<HTMLElement>("[data-outside] input");
        if (!outside) return void submit(event);
        event.preventDefault();
        outside.focus();
      }}
      // In the capture phase, because many fields stop the propagation of keys.
      onKeyDownCapture={onKeyDown}
      className="flex min-h-0 flex-1 flex-col"
    >
      <PanelBody>
        {isOutdated && isDirty && !isSubmitting && !isSubmitSuccessful && !errors.root?.refusal && (
          <Callout look="warning" role="status">
            {common("changedMeanwhile")}
          </Callout>
        )}
        {errors.root?.refusal && (
          <Callout look="danger" role="alert">
            {errors.root.refusal.message}
          </Callout>
        )}
        {children}
      </PanelBody>
      <footer ref={dockDialog} className="flex flex-wrap items-center gap-2 border-line border-t px-5 py-3">
        {buttons?.remove}
        <div className="ms-auto flex items-center gap-2">
          <Button onPress={panel.close}>{ui("cancel")}</Button>
          <Button type="submit" look="primary" isPending={isSubmitting}>
            {buttons?.submitLabel}
          </Button>
        </div>
      </footer>
    </form>
  );
}
