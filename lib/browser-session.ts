import { cookies, headers } from "next/headers";
import { NextRequest } from "next/server";
import NextAuth, { getServerSession, type NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { z } from "zod";
import { credentialsSchema } from "@/lib/access/auth/contract";
import { signInAddress } from "@/lib/access/auth/rules";
import { longestSession } from "@/lib/access/sessions/rules";
import {
  checkSessionQuery,
  isDestination,
  readSessionForm,
} from "@/lib/access/sessions/server/session-request";
import { ApiError, errorBody, isApiError } from "@/lib/platform/http/errors";
import { pageHeader } from "@/lib/platform/http/page-address";
import { asApiError } from "@/lib/platform/http/server/answering";
import { clientAddress } from "@/lib/platform/http/server/client-address";
import { isSameOrigin } from "@/lib/platform/http/server/same-origin";
import type { SessionId, UserId } from "@/lib/platform/ids";
import { workspaceCookie } from "@/lib/platform/locale/locales";
import type { Permission } from "@/lib/platform/security/permissions";
import { sessionCookieName } from "@/lib/platform/security/session-cookie";
import { getServices } from "@/lib/services";
import type { Workspace } from "@/lib/workforce/workspaces/contract";

/**
 * Returns the next-auth options: credentials sign-in, and a cookie that names the person and a session in the
 * database, which decides its validity. `onProblem` receives errors that next-auth would hide, such as rate
 * limits and failed sign-outs.
 */
export function sessionOptions(onProblem?: (error: ApiError) => void): NextAuthOptions {
  const { auth, clock, logger, secrets, sessions, settings } = getServices();
  const secure = settings.publicUrl.startsWith("https:");
  return {
    secret: secrets.key("session"),
    session: { strategy: "jwt", maxAge: longestSession / 1000 },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    useSecureCookies: secure,
    cookies: {
      sessionToken: {
        name: sessionCookieName(settings.publicUrl),
        options: { httpOnly: true, sameSite: "lax", path: "/", secure },
      },
    },
    providers: [
      CredentialsProvider({
        credentials: { email: {}, password: {} },
        async authorize(credentials, request) {
          const parsed = credentialsSchema.safeParse({
            email: credentials?.email,
            password: credentials?.password,
          });
          if (!parsed.success) return null;
          const { email, password } = parsed.data;
          const headers = new Headers(request.headers);
          const address = clientAddress(headers, settings.trustedProxies);
          const now = clock.now();
          try {
            const person = await auth.signIn(email, password, { address, now });
            if (!person) return null;
            const replaced = await auth.sessionIn(headers, now);
            const sessionId = await sessions.open(
              person,
              { address, userAgent: headers.get("user-agent"), now },
              replaced?.sessionId,
            );
            return { id: person.id, name: person.name, email: person.email, sessionId };
          } catch (error) {
            // next-auth would put the error, including SQL, into a URL.
            if (!isApiError(error)) logger.error({ err: error }, "signing in failed");
            onProblem?.(asApiError(error));
            return null;
          }
        },
      }),
    ],
    callbacks: {
      jwt({ token, user }) {
        if (user && "sessionId" in user) token.sid = user.sessionId;
        return token;
      },
    },
    events: {
      async signOut({ token }) {
        const session = z.object({ sub: z.guid(), sid: z.guid(), name: z.string() }).safeParse(token);
        if (!session.success) return;
        const { sub, sid, name } = session.data;
        try {
          const address = clientAddress(new Headers(await headers()), settings.trustedProxies);
          const person = { id: sub as UserId, name };
          await sessions.signOut(person, sid as SessionId, { address, now: clock.now() });
        } catch (error) {
          // next-auth would log the error and report success.
          onProblem?.(
            new ApiError("Unavailable", "The session could not be ended. Sign in, then sign out again.", {
              headers: { "Retry-After": "5" },
              cause: error,
            }),
          );
        }
      },
    },
  };
}

/** Returns the signed-in person for a page; null if there is none or the session has ended. */
export async function getSessionUser(): Promise<{ name: string; email: string } | null> {
  const session = await getServerSession(sessionOptions());
  const email = session?.user?.email;
  if (!email) return null;
  const { auth, clock } = getServices();
  try {
    const { principal } = await auth.authenticate(new Headers(await headers()), undefined, clock.now());
    return { name: principal.name, email };
  } catch (error) {
    if (isApiError(error) && error.code === "Unauthorized") return null;
    throw error;
  }
}

/** Returns the sign-in URL that leads back to the current page. */
export async function signInPage(): Promise<string> {
  return signInAddress((await headers()).get(pageHeader) ?? undefined);
}

/** The signed-in person, their workspace, and their permissions in it. */
export interface SessionEntrance {
  user: { id: string; name: string; email: string };
  workspace: Workspace;
  workspaces: Workspace[];
  permissions: Permission[];
  agentId: string | undefined;
  /** Cursor of the event log from before the page loads anything. */
  eventsAfter: string;
}

/**
 * Resolves the workspace of a page: by slug; without one, the last one used (by cookie) or the first.
 * `signedOut` without a session, `notFound` if it does not exist or the person is not a member, `nowhere` if
 * they have no workspace.
 */
export async function getEntrance(
  slug: string | undefined,
): Promise<SessionEntrance | "signedOut" | "notFound" | "nowhere"> {
  const session = await getServerSession(sessionOptions());
  const email = session?.user?.email;
  if (!email) return "signedOut";
  const { auth, clock, events, workspaces: service } = getServices();
  try {
    const sent = new Headers(await headers());
    const now = clock.now();
    const { principal } = await auth.authenticate(sent, undefined, now);
    const { results: workspaces } = await service.list(principal);
    const last = (await cookies()).get(workspaceCookie)?.value;
    const workspace =
      slug === undefined
        ? (workspaces.find((each) => each.slug === last) ?? workspaces[0])
        : workspaces.find((each) => each.slug === slug);
    if (!workspace) return slug === undefined ? "nowhere" : "notFound";
    const { actor } = await auth.authenticate(sent, workspace.id, now);
    if (!actor) return "notFound";
    return {
      user: { id: principal.id, name: principal.name, email },
      workspace,
      workspaces,
      permissions: [...actor.permissions],
      agentId: actor.agentId,
      eventsAfter: await events.cursor(),
    };
  } catch (error) {
    if (isApiError(error) && error.code === "Unauthorized") return "signedOut";
    throw error;
  }
}

/**
 * Browsers send the origin of the page with a POST. next-auth checks only its own token, which a sibling
 * domain can plant.
 */
function checkSender(request: NextRequest, publicUrl: string): void {
  const named = request.headers.has("sec-fetch-site") || request.headers.has("origin");
  if (request.method === "POST" && named && !isSameOrigin(request, publicUrl))
    throw new ApiError("Forbidden", "Another site sent this request. Sign in on Rollcall's own page.");
}

/**
 * Handles all paths below /api/auth with next-auth and the API's rate limits. Errors have the API's format,
 * with the `url` where next-auth's browser script looks for the reason.
 */
export async function handleSession(
  request: NextRequest,
  context: { params: Promise<{ nextauth: string[] }> },
): Promise<Response> {
  const { clock, limits, settings } = getServices();
  try {
    const address = clientAddress(request.headers, settings.trustedProxies);
    await limits.count({ kind: "address", address }, clock.now());
    checkSessionQuery(request.nextUrl.searchParams, settings.publicUrl);
    checkSender(request, settings.publicUrl);
    await forgetBadDestination(settings.publicUrl);
    const [action] = (await context.params).nextauth;
    if (request.method === "GET" && action === "session" && (await hasEnded(request.headers)))
      return Response.json({}, { headers: { "Cache-Control": "no-store" } });
    let problem: ApiError | undefined;
    const response: Response = await NextAuth(
      request.method === "POST" ? await withForm(request, settings.publicUrl) : request,
      context,
      sessionOptions((error) => {
        problem = error;
      }),
    );
    return problem ? refused(problem, settings.publicUrl, response.headers.getSetCookie()) : response;
  } catch (error) {
    if (isApiError(error)) return refused(error, settings.publicUrl);
    throw error;
  }
}

/**
 * Returns whether the session in the cookie has ended; next-auth would renew it, because it does not check
 * the database.
 */
async function hasEnded(headers: Headers): Promise<boolean> {
  const { auth, clock } = getServices();
  const now = clock.now();
  try {
    if (!(await auth.sessionIn(headers, now))) return true;
    await auth.authenticate(new Headers({ cookie: headers.get("cookie") ?? "" }), undefined, now);
    return false;
  } catch (error) {
    if (isApiError(error) && error.code === "Unauthorized") return true;
    throw error;
  }
}

async function withForm(request: NextRequest, publicUrl: string): Promise<NextRequest> {
  const { url, method, headers } = request;
  return new NextRequest(url, { method, headers, body: await readSessionForm(request, publicUrl) });
}

/** Deletes an invalid redirect cookie of next-auth, which would otherwise block signing in. */
async function forgetBadDestination(publicUrl: string): Promise<void> {
  const jar = await cookies();
  for (const name of ["next-auth.callback-url", "__Secure-next-auth.callback-url"]) {
    const destination = jar.get(name)?.value;
    if (destination !== undefined && !isDestination(destination, publicUrl)) jar.delete(name);
  }
}

/** `cookies` are `Set-Cookie` values to send along. */
function refused(error: ApiError, publicUrl: string, cookies: readonly string[] = []): Response {
  const headers = new Headers({ ...error.headers, "Cache-Control": "no-store" });
  for (const cookie of cookies) headers.append("Set-Cookie", cookie);
  const url = `${publicUrl}/sign-in?error=${error.code}`;
  return Response.json({ ...errorBody(error), url }, { status: error.status, headers });
}
