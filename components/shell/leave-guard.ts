/** Asked before the page is left for `href`; calls `go` when nothing speaks against it. */
type Guard = (href: string, go: () => void) => void;

let guard: Guard | undefined;

/** Has a page asked before it is left by code. Gives back how to stop that. */
export function guardLeaving(next: Guard): () => void {
  guard = next;
  return () => {
    if (guard === next) guard = undefined;
  };
}

/** Goes somewhere, unless the page has something to lose and its person wants to stay. */
export function leaveFor(href: string, go: () => void): void {
  if (guard) guard(href, go);
  else go();
}
