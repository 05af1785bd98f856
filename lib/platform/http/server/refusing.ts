import { isUniqueViolation } from "@/lib/platform/database/errors";
import { ApiError, type ErrorCode } from "@/lib/platform/http/errors";

/** Returns a function that runs a write and throws this API error if a unique constraint refuses it. */
export function refusingDuplicates(code: ErrorCode, message: string) {
  return async <T>(write: () => Promise<T>): Promise<T> => {
    try {
      return await write();
    } catch (error) {
      if (isUniqueViolation(error)) throw new ApiError(code, message, { cause: error });
      throw error;
    }
  };
}
