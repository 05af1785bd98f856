import { NextRequest } from "next/server";
import { ApiError } from "@/lib/platform/http/errors";
import { answering } from "@/lib/platform/http/server/answering";
import type { HttpServices } from "@/lib/platform/http/server/services";

/** What next-auth offers below /api/auth that is used here, with the methods of each. HEAD goes wherever GET does. */
const actions: Record<string, readonly string[]> = {
  csrf: ["GET"],
  session: ["GET"],
  providers: ["GET"],
  signin: ["GET"],
  signout: ["GET", "POST"],
  error: ["GET"],
  _log: ["POST"],
  "callback/credentials": ["POST"],
};

type Handler = (
  request: NextRequest,
  context: { params: Promise<{ nextauth: string[] }> },
) => Promise<Response>;

/**
 * Lets through to next-auth what is used of it, and answers the rest as the API does: next-auth has pages of its own for
 * some of it, and 500 for some. Answers get what all of the API's have: an id, the form of errors, a line in the log.
 */
export function onSessionPaths(handle: Handler, services: () => HttpServices): Handler {
  return (request, context) =>
    answering(request, "session", services(), async () => {
      const { nextauth } = await context.params;
      const name = nextauth.join("/");
      const methods = Object.hasOwn(actions, name) ? actions[name] : undefined;
      if (!methods)
        throw new ApiError(
          "NotFound",
          "There is no resource at this path. GET /api/openapi.json lists all paths.",
        );
      const allowed = methods.includes("GET") ? ["HEAD", ...methods] : methods;
      const headers = { Allow: allowed.join(", ") };
      if (request.method === "OPTIONS") return { status: 204, headers, body: null };
      if (!allowed.includes(request.method))
        throw new ApiError(
          "MethodNotAllowed",
          `This path doesn't support the method. Use ${headers.Allow}.`,
          { headers },
        );
      if (request.method !== "HEAD") return await handle(request, context);
      const whole = await handle(new NextRequest(request.url, { headers: request.headers }), context);
      return new Response(null, { status: whole.status, headers: whole.headers });
    });
}
