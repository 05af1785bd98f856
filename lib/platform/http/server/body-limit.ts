import type { Operation } from "@/lib/platform/http/operation";
import { bodyLimit } from "@/lib/platform/http/parse";

/** Bodies of operations that anyone may call are small, and reading them takes time. */
const publicBodyLimit = 16 * 1024;

/** Returns the maximum size of an operation's body in bytes. */
export const bodyLimitOf = ({ access }: Pick<Operation, "access">): number =>
  access.kind === "public" ? publicBodyLimit : bodyLimit;
