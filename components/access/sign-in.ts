/** What signs in, which is heavy: fetched when it is first needed, or ahead of that. */
const load = () => import("next-auth/react");

/** Fetches what signing in takes, for whoever starts to type. */
export function prepareSignIn(): void {
  // A failure shows when it is needed.
  load().catch(() => undefined);
}

export type SignInOutcome = "ok" | "wrong" | "tooOften" | "unreachable" | "failed";

/** Signs in with address and password; the session is in a cookie afterwards. Never rejects. */
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
