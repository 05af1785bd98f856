"use client";

import { signOut } from "next-auth/react";

/** Ends the session in this browser. */
export function SignOutButton() {
  return (
    <button
      type="button"
      onClick={() => signOut({ callbackUrl: "/sign-in" })}
      className="h-10 rounded-md border border-line bg-surface px-4 font-medium hover:border-muted"
    >
      Sign out
    </button>
  );
}
