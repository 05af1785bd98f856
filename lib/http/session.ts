import { getServerSession, type NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { sessionCookieName } from "@/lib/security/session-cookie";
import { getServices } from "@/lib/services";

/** How the browser signs in: address and password, then a sealed cookie that names the person and their session version. */
export function sessionOptions(): NextAuthOptions {
  const { auth, secrets, settings } = getServices();
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
        async authorize(credentials) {
          const { email, password } = credentials ?? {};
          if (!email || !password || email.length > 320 || password.length > 1024) return null;
          const person = await auth.signIn(email, password);
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

/** The name and address of whoever is signed in in this browser, for pages; null for nobody. */
export async function getSessionUser(): Promise<{ name: string; email: string } | null> {
  const session = await getServerSession(sessionOptions());
  const { name, email } = session?.user ?? {};
  return name && email ? { name, email } : null;
}
