import { useEffect } from "react";

/** Puts the focus into the first field of a page as it opens, unless the person has begun somewhere else by then. */
export function useFirstFocus(focus: () => void): void {
  useEffect(() => {
    if (document.activeElement === document.body) focus();
  }, [focus]);
}
