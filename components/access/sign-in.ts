/** next-auth is large, so it loads on first use or when `prepareSignIn` is called. */
const load = () => import("next-auth/react");

/** Preloads next-auth, for example when the form receives focus. */
export function prepareSignIn(): void {
  // `signIn` reports it if loading fails.
  load().catch(() => undefined);
}

export type SignInOutcome = "ok" | "wrong" | "tooOften" | "unreachable" | "failed";

/** Signs in with email and password and sets the session cookie. Never rejects. */
export async function signIn(email: string, password: string): Promise<SignInOutcome> {
  try {
    const { signIn: send } = await load();
    const outcome = await send("credentials", { redirect: false, email, password });
    if (outcome?.ok && !outcome.error) return "ok";
    if (outcome?.error === "CredentialsSignin") return "wrong";
    if (outcome?.error === "RateLimited") return "tooOften";
    return "failed";
  } catch {
    return "unreachable";
  }
}
