import { signIn as send } from "next-auth/react";

export type SignInOutcome = "ok" | "wrong" | "tooOften" | "unreachable" | "failed";

/** Signs in with address and password; the session is in a cookie afterwards. Never rejects. */
export async function signIn(email: string, password: string): Promise<SignInOutcome> {
  try {
    const outcome = await send("credentials", { redirect: false, email, password });
    if (outcome?.ok && !outcome.error) return "ok";
    if (outcome?.error === "CredentialsSignin") return "wrong";
    if (outcome?.error === "RateLimited") return "tooOften";
    return "failed";
  } catch {
    return "unreachable";
  }
}
