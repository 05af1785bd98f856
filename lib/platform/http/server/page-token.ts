import { createHash } from "node:crypto";
import { ApiError } from "@/lib/platform/http/errors";
import type { Secrets } from "@/lib/platform/security/secrets";

/** One sort key of a row; timestamps are epoch milliseconds. */
export type KeyPart = string | number;

/** Creates and reads the page tokens of lists. */
export interface PageTokens {
  /**
   * Returns a token that continues after the row with this key. The token is valid only with the same
   * `binding`: list, workspace, filters and order.
   */
  make(binding: unknown, key: readonly KeyPart[]): string;
  /**
   * Returns the key of a token. Throws `InvalidPageToken` if it is forged or was made with another binding.
   */
  read(binding: unknown, token: string): KeyPart[];
}

/** Creates page tokens: a signed key with a fingerprint of its binding. */
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
