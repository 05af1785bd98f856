import { ApiError, type ErrorDetails } from "@/lib/platform/http/errors";

/** Creates the error for values that only the database can check. */
export function invalidAgent(details: ErrorDetails): ApiError {
  return new ApiError(
    "InvalidAgent",
    `Some values are not valid. Check ${Object.keys(details).join(", ")}.`,
    { details },
  );
}
