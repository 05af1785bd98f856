import { cookies, headers } from "next/headers";
import { NextRequest } from "next/server";
import NextAuth, { getServerSession, type NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import type { Permission } from "@/lib/auth/permissions";
import { clientAddress } from "@/lib/http/client-address";
import { type ApiError, errorBody, isApiError } from "@/lib/http/errors";
import { readBytes } from "@/lib/http/parse";
import { workspaceCookie } from "@/lib/locale/locales";
import { sessionCookieName } from "@/lib/security/session-cookie";
import { getServices } from "@/lib/services";
import type { Workspace } from "@/lib/workspaces/contract";

/**
 * How the browser signs in: address and password, then a sealed cookie that names the person and their session version.
 * `onRefusal` hears of an attempt that was not even looked at, after too many failures.
 */
export function sessionOptions(onRefusal?: (error: ApiError) => void): NextAuthOptions {
  const { auth, clock, secrets, settings } = getServices();
  const secure = settings.publicUrl.startsWith("https:");
  return {
    secret: secrets.key("session"),
    session: { strategy: "jwt", maxAge: 12 * 60 * 60 },
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
          const { email, password } = credentials ?? {};
          if (!email || !password || email.length > 320 || password.length > 2048) return null;
          const address = clientAddress(new Headers(request.headers), settings.trustedProxies);
          const person = await auth
            .signIn(email, password, { address, now: clock.now() })
            .catch((error: unknown) => {
              if (isApiError(error) && error.code === "RateLimited") onRefusal?.(error);
              throw error;
            });
          return (
            person && {
              id: person.id,
              name: person.name,
              email: person.email,
              version: person.sessionVersion,
            }
          );
        },
      }),
    ],
    callbacks: {
      jwt({ token, user }) {
        if (user && "version" in user) token.version = user.version;
        return token;
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
    let refusal: ApiError | undefined;
    const response: Response = await NextAuth(
      // next-auth reads whatever comes.
      request.method === "POST" ? await bounded(request) : request,
      context,
      sessionOptions((error) => {
        refusal = error;
      }),
    );
    return refusal ? refused(refusal, settings.publicUrl) : response;
  } catch (error) {
    if (isApiError(error)) return refused(error, settings.publicUrl);
    throw error;
  }
}

async function bounded(request: NextRequest): Promise<NextRequest> {
  const { url, method, headers } = request;
  return new NextRequest(url, { method, headers, body: await readBytes(request) });
}

function refused(error: ApiError, publicUrl: string): Response {
  const url = `${publicUrl}/sign-in?error=${error.code}`;
  return Response.json(
    { ...errorBody(error), url },
    { status: error.status, headers: { ...error.headers, "Cache-Control": "no-store" } },
  );
}
