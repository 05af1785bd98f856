"use client";

import { signIn } from "next-auth/react";
import { type FormEvent, useState } from "react";

const inputStyle =
  "h-10 w-full rounded-md border border-line bg-surface px-3 text-base aria-invalid:border-danger focus-visible:outline-accent";

const problems: Record<string, string> = {
  CredentialsSignin: "The e-mail address or the password is wrong.",
  RateLimited: "That was too often for now. Try again in a minute.",
};

/** Address and password; on success the page is loaded anew, signed in. */
export function SignInForm() {
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(undefined);
    try {
      const outcome = await signIn("credentials", {
        redirect: false,
        email: String(data.get("email") ?? ""),
        password: String(data.get("password") ?? ""),
      });
      if (outcome?.ok && !outcome.error) {
        window.location.assign("/");
        return;
      }
      setProblem(
        problems[outcome?.error ?? ""] ?? "Signing in did not work just now. Try again in a moment.",
      );
    } catch {
      setProblem("The server can't be reached. Check your connection and try again.");
    }
    setBusy(false);
  }

  return (
    <form onSubmit={submit} className="space-y-4">
      <div className="space-y-1.5">
        <label htmlFor="email" className="block font-medium">
          E-mail address
        </label>
        <input
          id="email"
          name="email"
          type="email"
          autoComplete="username"
          required
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? "problem" : undefined}
          className={inputStyle}
        />
      </div>
      <div className="space-y-1.5">
        <label htmlFor="password" className="block font-medium">
          Password
        </label>
        <input
          id="password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? "problem" : undefined}
          className={inputStyle}
        />
      </div>
      <button
        type="submit"
        disabled={busy}
        className="h-10 w-full rounded-md bg-accent font-medium text-on-accent hover:opacity-90 disabled:opacity-60"
      >
        {busy ? "Signing in…" : "Sign in"}
      </button>
      <p id="problem" role="alert" className="min-h-10 text-danger">
        {problem}
      </p>
    </form>
  );
}
