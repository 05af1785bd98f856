import type { Operation } from "@/lib/platform/http/operation";

/** Method and path of an operation, typed by its declaration. Keeps Zod schemas out of the browser bundle. */
export interface Call<O extends Operation> {
  method: O["method"];
  path: O["path"];
  /** Type only; never set. */
  declared?: O;
}

/** The path, if the compiler knows it literally; otherwise `never`. */
type PathOf<O extends Operation> = string extends O["path"] ? never : O["path"];

/** Returns a call. Only the declared method and path compile. */
export function call<O extends Operation>(method: O["method"], path: PathOf<O>): Call<O> {
  return { method, path };
}
