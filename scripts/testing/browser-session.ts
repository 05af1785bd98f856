/** A cookie for a browser context. */
export interface SessionCookie {
  name: string;
  value: string;
}

/**
 * Signs in with the form's requests, without a browser, and returns the session's cookies. Throws if the
 * server refuses.
 */
export async function signInByRequest(
  origin: string,
  account: { email: string; password: string },
): Promise<SessionCookie[]> {
  const cookies = new Map<string, string>();
  const keep = (response: Response) => {
    for (const line of response.headers.getSetCookie()) {
      const pair = line.split(";")[0] ?? "";
      const at = pair.indexOf("=");
      cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
  };
  const csrf = await fetch(`${origin}/api/auth/csrf`);
  keep(csrf);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const answer = await fetch(`${origin}/api/auth/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: {
      "Content-Type": "application/x-www-form-urlencoded",
      Cookie: cookieHeader([...cookies].map(([name, value]) => ({ name, value }))),
    },
    body: new URLSearchParams({ ...account, csrfToken, callbackUrl: origin, json: "true" }),
  });
  if (answer.status !== 200)
    throw new Error(`Signing in as ${account.email}: ${answer.status} ${await answer.text()}`);
  keep(answer);
  return [...cookies].map(([name, value]) => ({ name, value }));
}

/** Returns the `Cookie` header for these cookies. */
function cookieHeader(cookies: readonly SessionCookie[]): string {
  return cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
}
