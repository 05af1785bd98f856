"use client";

import { useRef } from "react";
import { isConflict } from "@/lib/platform/client/guarded-change";

/**
 * What a form began with. A save against it is refused when somebody has changed the same meanwhile; after one such
 * refusal, which the form shows, the next save replaces their change.
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
