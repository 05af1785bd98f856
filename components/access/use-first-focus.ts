import { useEffect } from "react";

/** Focuses the first field on mount, unless another element already has focus. */
export function useFirstFocus(focus: () => void): void {
  useEffect(() => {
    if (document.activeElement === document.body) focus();
  }, [focus]);
}
