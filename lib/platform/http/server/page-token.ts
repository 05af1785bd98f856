import { createHash } from "node:crypto";
import { ApiError } from "@/lib/platform/http/errors";
import type { Secrets } from "@/lib/platform/security/secrets";

/** One part of a position in a list: what a row is sorted by. Instants are epoch milliseconds. */
export type KeyPart = string | number;

/** Makes and reads the tokens of paged lists. */
export interface PageTokens {
  /**
   * A token that goes on after the row with this key. `binding` is whatever the token must not be used without:
   * the list, the workspace, the filters, the order.
   */
  make(binding: unknown, key: readonly KeyPart[]): string;
  /** The key in a token. Throws `InvalidPageToken` for one that was not made with this binding. */
  read(binding: unknown, token: string): KeyPart[];
}

/** Page tokens are signed: a position, and a fingerprint of what it belongs to. */
export function createPageTokens(secrets: Secrets): PageTokens {
  const fingerprint = (binding: unknown) =>
    createHash("sha256").update(JSON.stringify(binding)).digest("base64url").slice(0, 22);
  return {
    make(binding, key) {
      const text = Buffer.from(JSON.stringify([fingerprint(binding), ...key])).toString("base64url");
      return `${text}.${secrets.sign("page-token", text)}`;
    },
    read(binding, token) {
      const [text = "", tag = "", ...more] = token.split(".");
      if (more.length === 0 && secrets.verify("page-token", text, tag)) {
        const [bound, ...key] = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
        if (bound === fingerprint(binding)) return key;
      }
      throw new ApiError(
        "InvalidPageToken",
        "This page token belongs to a different list, different filters or a different order. Start again without it.",
      );
    },
  };
}
