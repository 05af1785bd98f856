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
import type { SessionId, UserId } from "@/lib/platform/ids";
import { workspaceCookie } from "@/lib/platform/locale/locales";
import type { Permission } from "@/lib/platform/security/permissions";
import { sessionCookieName } from "@/lib/platform/security/session-cookie";
import { getServices } from "@/lib/services";
import type { Workspace } from "@/lib/workforce/workspaces/contract";

/**
 * How the browser signs in: address and password, then a sealed cookie that names the person and a session in the
 * database, which decides whether it is still good. `onProblem` hears of a sign-in that could not be looked at, such as after
 * too many failures, and of a sign-out that did not reach the database.
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
            // next-auth would put what was thrown, SQL included, into an address.
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
          // next-auth would only log it and say that all is well.
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

/** The name and address of whoever is signed in in this browser, for pages; null for nobody, and for a session that was ended. */
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

/** Where to send a visitor of this page who is not signed in: they come back to it, with its query. */
export async function signInPage(): Promise<string> {
  return signInAddress((await headers()).get(pageHeader) ?? undefined);
}

/** Who is signed in in this browser, in which workspace, and what they may do there. */
export interface SessionEntrance {
  user: { id: string; name: string; email: string };
  workspace: Workspace;
  workspaces: Workspace[];
  permissions: Permission[];
  agentId: string | undefined;
}

/**
 * Lets a page's visitor into a workspace: the one with this slug; without a slug the one they were in last (its slug in a
 * cookie), else their first. `signedOut` for nobody, `notFound` for a workspace that is not theirs or does not exist,
 * `nowhere` for somebody who is in none.
 */
export async function getEntrance(
  slug: string | undefined,
): Promise<SessionEntrance | "signedOut" | "notFound" | "nowhere"> {
  const session = await getServerSession(sessionOptions());
  const email = session?.user?.email;
  if (!email) return "signedOut";
  const { auth, clock, workspaces: service } = getServices();
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
    };
  } catch (error) {
    if (isApiError(error) && error.code === "Unauthorized") return "signedOut";
    throw error;
  }
}

/**
 * Answers everything below /api/auth by next-auth, within the same limits as the API. Signing in after too many
 * failures is 429 in the API's own form; `url` in it is where next-auth's script in the browser looks for the reason.
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

/** Whether nobody is signed in by this cookie any more: next-auth itself would take it, and renew it. */
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

/** Forgets where next-auth was to lead when that is no address: it would refuse to sign in as long as the cookie is there. */
async function forgetBadDestination(publicUrl: string): Promise<void> {
  const jar = await cookies();
  for (const name of ["next-auth.callback-url", "__Secure-next-auth.callback-url"]) {
    const destination = jar.get(name)?.value;
    if (destination !== undefined && !isDestination(destination, publicUrl)) jar.delete(name);
  }
}

/** `cookies` are the `Set-Cookie` that go out all the same. */
function refused(error: ApiError, publicUrl: string, cookies: readonly string[] = []): Response {
  const headers = new Headers({ ...error.headers, "Cache-Control": "no-store" });
  for (const cookie of cookies) headers.append("Set-Cookie", cookie);
  const url = `${publicUrl}/sign-in?error=${error.code}`;
  return Response.json({ ...errorBody(error), url }, { status: error.status, headers });
}
