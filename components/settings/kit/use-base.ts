"use client";

import { useRef } from "react";
import { isConflict } from "@/lib/platform/client/guarded-change";

/**
 * Keeps the version that a form started from. A save fails if someone else has changed the item since; the
 * form shows the conflict, and the next save overwrites their change.
 */
export function useBase<Item>(item: Item | undefined) {
  const base = useRef(item);
  return async function against<T>(save: (base: Item | undefined) => Promise<T>): Promise<T> {
    try {
      return await save(base.current);
    } catch (error) {
      if (isConflict(error)) base.current = undefined;
      throw error;
    }
  };
}
