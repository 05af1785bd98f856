"use client";

import { signIn } from "next-auth/react";
import { type FormEvent, useState } from "react";
import { createClient, RequestError } from "@/lib/http/client";
import { acceptInvitation } from "@/lib/people/contract";

const inputStyle =
  "h-10 w-full rounded-md border border-line bg-surface px-3 text-base aria-invalid:border-danger focus-visible:outline-accent";

const request = createClient();

interface Problem {
  field: "name" | "password" | "form";
  text: string;
}

function problemOf(error: unknown): Problem {
  if (!(error instanceof RequestError))
    return { field: "form", text: "This did not work just now. Try again in a moment." };
  const { name, password } = error.details;
  if (password?.[0]) return { field: "password", text: `The password ${password[0]}` };
  if (name?.[0]) return { field: "name", text: `The name ${name[0]}` };
  return { field: error.code === "Unauthorized" ? "password" : "form", text: error.message };
}

/** Name and password of somebody who was invited; afterwards they are signed in. */
export function InvitationForm({
  token,
  email,
  name,
}: {
  token: string;
  email: string;
  name: string | undefined;
}) {
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const chosen = String(data.get("name") ?? "").trim();
    const password = String(data.get("password") ?? "");
    setBusy(true);
    setProblem(undefined);
    try {
      const accepted = await request(acceptInvitation, {
        params: {},
        body: { token, password, ...(chosen === "" ? {} : { name: chosen }) },
      });
      const outcome = await signIn("credentials", {
        redirect: false,
        email: accepted.data.email,
        password,
      });
      window.location.assign(outcome?.ok && !outcome.error ? "/" : "/sign-in");
      return;
    } catch (error) {
      setProblem(problemOf(error));
    }
    setBusy(false);
  }

  const describedBy = (field: Problem["field"], hint?: string) =>
    [hint, problem?.field === field ? "problem" : undefined].filter((id) => id).join(" ") || undefined;

  return (
    <form onSubmit={submit} className="space-y-4">
      <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
      <div className="space-y-1.5">
        <label htmlFor="name" className="block font-medium">
          Your name
        </label>
        <input
          id="name"
          name="name"
          type="text"
          autoComplete="name"
          maxLength={255}
          defaultValue={name}
          aria-invalid={problem?.field === "name" ? true : undefined}
          aria-describedby={describedBy("name")}
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
          autoComplete="new-password"
          required
          aria-invalid={problem?.field === "password" ? true : undefined}
          aria-describedby={describedBy("password", "password-hint")}
          className={inputStyle}
        />
        <p id="password-hint" className="text-muted">
          At least 10 characters, of any kind: a few words in a row do well. If you have an account with this
          address already, its password.
        </p>
      </div>
      <button
        type="submit"
        disabled={busy}
        className="h-10 w-full rounded-md bg-accent font-medium text-on-accent hover:opacity-90 disabled:opacity-60"
      >
        {busy ? "Joining…" : "Join"}
      </button>
      <p id="problem" role="alert" className="min-h-10 text-danger">
        {problem?.text}
      </p>
    </form>
  );
}
