import { type RefObject, useEffect } from "react";

/** Puts the focus into the first field of a page as it opens, unless the person has begun somewhere else by then. */
export function useFirstFocus(field: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (document.activeElement === document.body) field.current?.focus();
  }, [field]);
}
