/** What a page has to lose: it is asked before it is left. */
interface Guard {
  /** Code wants to go to `href`; `go` does it. */
  onLeave: (href: string, go: () => void) => void;
  /** Somebody went back or forward. Stopping the event at once keeps it from the router. */
  onTravel: (event: PopStateEvent) => void;
}

let guard: Guard | undefined;

// A window calls its listeners in the order in which they came, whatever their phase: to be asked before the router moves, this
// one has to be there first, so it is added with the module and not with a page.
if (typeof window !== "undefined") window.addEventListener("popstate", (event) => guard?.onTravel(event));

/** Has a page asked before it is left by code or by the history. Gives back how to stop that. */
export function guardLeaving(next: Guard): () => void {
  guard = next;
  return () => {
    if (guard === next) guard = undefined;
  };
}

/** Goes somewhere, unless the page has something to lose and its person wants to stay. */
export function leaveFor(href: string, go: () => void): void {
  if (guard) guard.onLeave(href, go);
  else go();
}
