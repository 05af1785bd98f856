/** Handlers of a page with unsaved changes that are called before navigation. */
interface Guard {
  /** Called before code navigates to `href`; `go` continues. */
  onLeave: (href: string, go: () => void) => void;
  /**
   * Called on back and forward. Calling `stopImmediatePropagation` synchronously hides the event from the
   * router.
   */
  onTravel: (event: PopStateEvent) => void;
}

let guard: Guard | undefined;

// A window calls its listeners in order of registration. This one must run before the router's, so it is
// added on import and not on mount.
if (typeof window !== "undefined") window.addEventListener("popstate", (event) => guard?.onTravel(event));

/** Registers the handlers of a page. Returns a function that removes them. */
export function guardLeaving(next: Guard): () => void {
  guard = next;
  return () => {
    if (guard === next) guard = undefined;
  };
}

/** Calls `go`, or lets the registered page ask about unsaved changes first. */
export function leaveFor(href: string, go: () => void): void {
  if (guard) guard.onLeave(href, go);
  else go();
}
