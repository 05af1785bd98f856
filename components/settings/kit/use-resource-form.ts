"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useEffect, useRef, useState } from "react";
import { type DefaultValues, type FieldValues, useForm } from "react-hook-form";
import type { z } from "zod";
import { type Guarded, isConflict } from "@/lib/platform/client/guarded-change";
import { isSame } from "@/lib/platform/sameness";
import { changed, emptyAsNull, reverse, withoutEmpty } from "./changes";
import { useNotes } from "./notes";
import { usePage } from "./page-context";

interface Write<Variables, Answer> {
  mutateAsync: (variables: Variables) => Promise<Answer>;
}

/**
 * The form of a resource's panel: creates an item, or sends the edited properties of an existing one with an
 * undo. An empty text is left out of a new item, and clears the property of an existing one.
 */
export function useResourceForm<
  Item extends { id: string },
  Values extends FieldValues,
  Parsed extends object,
>({
  item,
  schema,
  defaults,
  create,
  change,
  nameOf = (each) => ("name" in each ? String(each.name) : ""),
  isUndoable = () => true,
}: {
  /** Omit to create an item. */
  item: Item | undefined;
  /** Converts the fields to a request body. */
  schema: z.ZodType<Parsed, Values>;
  /** Returns the fields of `item`, or of a new one. */
  defaults: NoInfer<Values>;
  /** Omit if items are created in another form. */
  create?: Write<NoInfer<Parsed>, NoInfer<Item>>;
  change: Write<Guarded<NoInfer<Item>, Partial<NoInfer<Parsed>>>, NoInfer<Item>>;
  /** Returns what messages call an item; its name by default. */
  nameOf?: (item: NoInfer<Item>) => string;
  /** Whether an undo that sends the previous values would restore everything. */
  isUndoable?: (change: Partial<Parsed>) => boolean;
}) {
  const { panel } = usePage();
  const notes = useNotes();
  const form = useForm<Values, unknown, Parsed>({
    resolver: zodResolver(schema),
    defaultValues: defaults as DefaultValues<Values>,
  });
  const { dirtyFields, isDirty, isSubmitting, isSubmitSuccessful } = form.formState;
  /**
   * The ETag of the version that the form started from. Undefined after a conflict, so that the next save
   * overwrites.
   */
  const base = useRef(item);
  const [shown, setShown] = useState(defaults);
  const isOutdated = item !== undefined && !isSame(shown, defaults);

  // Someone else changed the item. Input is kept; without any, the form shows the new values.
  useEffect(() => {
    if (!isOutdated || isDirty || isSubmitting || isSubmitSuccessful) return;
    base.current = item;
    setShown(defaults);
    form.reset(defaults as DefaultValues<Values>);
  });

  async function send(id: string, difference: Partial<Parsed>) {
    try {
      return await change.mutateAsync({ id, change: difference, base: base.current });
    } catch (error) {
      if (isConflict(error)) base.current = undefined;
      throw error;
    }
  }

  async function onSubmit(values: Parsed) {
    if (!item) {
      const made = await create?.mutateAsync(withoutEmpty(values));
      if (made) notes.created(nameOf(made));
    } else {
      const { id } = item;
      const difference = changed(emptyAsNull(values), dirtyFields);
      if (Object.keys(difference).length > 0) {
        const after = await send(id, difference);
        const back = reverse({ ...emptyAsNull(defaults), ...item }, difference);
        notes.saved(
          nameOf(after),
          isUndoable(difference) ? () => change.mutateAsync({ id, change: back, base: after }) : undefined,
        );
      }
    }
    panel.leave();
  }

  return { form, onSubmit, isOutdated };
}
