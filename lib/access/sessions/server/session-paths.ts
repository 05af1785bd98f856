import { NextRequest } from "next/server";
import { ApiError } from "@/lib/platform/http/errors";
import { answering } from "@/lib/platform/http/server/answering";
import type { HttpServices } from "@/lib/platform/http/server/services";

/** The supported actions of next-auth with their methods. HEAD is allowed wherever GET is. */
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
 * Forwards supported actions to next-auth. Others get the API's error format, because next-auth would show
 * its own pages or fail with 500. Adds request id and logging.
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
