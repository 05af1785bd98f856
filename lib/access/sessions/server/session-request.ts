import { ApiError } from "@/lib/platform/http/errors";
import { readBytes } from "@/lib/platform/http/parse";

/**
 * Reads the form of a POST below /api/auth. JSON is rejected, because next-auth crashes on values that are
 * not strings. Throws `UnsupportedMediaType`, `PayloadTooLarge` or `BadRequest`.
 */
export async function readSessionForm(request: Request, publicUrl: string): Promise<URLSearchParams> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type.trim()))
    throw new ApiError(
      "UnsupportedMediaType",
      "Send the body as a form, with Content-Type: application/x-www-form-urlencoded.",
    );
  const form = new URLSearchParams(new TextDecoder().decode(await readBytes(request)));
  // Check all values: next-auth uses the last one.
  if (form.getAll("callbackUrl").some((address) => !isDestination(address, publicUrl)))
    throw new ApiError("BadRequest", `callbackUrl ${destinationRule}`);
  return form;
}

/** Throws `InvalidQuery` for a query that would crash next-auth. */
export function checkSessionQuery(query: URLSearchParams, publicUrl: string): void {
  const refuse = (name: string, rule: string) => {
    throw new ApiError("InvalidQuery", `Some query parameters are not valid. Check ${name}.`, {
      details: { [name]: [rule] },
    });
  };
  for (const [name, value] of query) {
    if (name === "callbackUrl" && !isDestination(value, publicUrl)) refuse(name, destinationRule);
    // next-auth copies it into a header.
    if (name === "error" && !/^[\w-]*$/.test(value))
      refuse(name, "must be a code of letters, digits, _ and -, or absent.");
  }
}

const destinationRule = "must be a path of this product, or an address that starts with http:// or https://.";

/** Returns whether next-auth can parse a redirect target. next-auth itself rejects other origins. */
export function isDestination(address: string, publicUrl: string): boolean {
  if (address === "") return true;
  if (address.startsWith("/")) return URL.canParse(address, publicUrl);
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
}
