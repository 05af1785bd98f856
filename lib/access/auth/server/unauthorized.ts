import { ApiError } from "@/lib/platform/http/errors";

const challenge = { "WWW-Authenticate": 'Bearer realm="rollcall", AccessKey realm="rollcall"' };

/** Returns a 401 with the `WWW-Authenticate` challenge. */
export const unauthorized = (message: string, cause?: unknown): ApiError =>
  new ApiError("Unauthorized", message, { headers: challenge, cause });
