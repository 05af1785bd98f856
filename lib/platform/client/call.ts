import type { Operation } from "@/lib/platform/http/operation";

/**
 * An operation as whoever calls it needs it: where it is. What goes in and comes out is typed by the declaration, which
 * stays where it is checked; so no schema travels along.
 */
export interface Call<O extends Operation> {
  method: O["method"];
  path: O["path"];
  /** For the compiler alone: never there. */
  declared?: O;
}

/** Of an operation whose path the compiler knows. Of any other a call could lead anywhere. */
type PathOf<O extends Operation> = string extends O["path"] ? never : O["path"];

/** Names an operation by its place. The compiler takes no other than the declared one. */
export function call<O extends Operation>(method: O["method"], path: PathOf<O>): Call<O> {
  return { method, path };
}
