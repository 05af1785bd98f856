import { ApiError } from "@/lib/platform/http/errors";
import { readBytes } from "@/lib/platform/http/parse";

/**
 * Reads the form of a POST below /api/auth. next-auth also takes JSON, and fails on what is no text in it. Throws
 * `UnsupportedMediaType`, `PayloadTooLarge`, `BadRequest`.
 */
export async function readSessionForm(request: Request, publicUrl: string): Promise<URLSearchParams> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type.trim()))
    throw new ApiError(
      "UnsupportedMediaType",
      "Send the body as a form, with Content-Type: application/x-www-form-urlencoded.",
    );
  const form = new URLSearchParams(new TextDecoder().decode(await readBytes(request)));
  // next-auth takes the last one of several.
  if (form.getAll("callbackUrl").some((address) => !isDestination(address, publicUrl)))
    throw new ApiError("BadRequest", `callbackUrl ${destinationRule}`);
  return form;
}

/** Refuses a query on which next-auth fails: 400 `InvalidQuery`. */
export function checkSessionQuery(query: URLSearchParams, publicUrl: string): void {
  const refuse = (name: string, rule: string) => {
    throw new ApiError("InvalidQuery", `Some query parameters are not valid. Check ${name}.`, {
      details: { [name]: [rule] },
    });
  };
  for (const [name, value] of query) {
    if (name === "callbackUrl" && !isDestination(value, publicUrl)) refuse(name, destinationRule);
    // It is written into a header as it is.
    if (name === "error" && !/^[\w-]*$/.test(value))
      refuse(name, "must be a code of letters, digits, _ and -, or absent.");
  }
}

const destinationRule = "must be a path of this product, or an address that starts with http:// or https://.";

/** Whether next-auth can read where it is to lead. Whether it may lead there is decided by itself: to this product alone. */
export function isDestination(address: string, publicUrl: string): boolean {
  if (address === "") return true;
  if (address.startsWith("/")) return URL.canParse(address, publicUrl);
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
}
