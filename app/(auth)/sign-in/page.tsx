import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignInForm } from "@/components/auth/sign-in-form";
import { getSessionUser } from "@/lib/http/session";

export const metadata: Metadata = { title: "Sign in" };

export const dynamic = "force-dynamic";

export default async function SignInPage() {
  if (await getSessionUser()) redirect("/");
  return (
    <main className="mx-auto flex min-h-dvh max-w-sm flex-col justify-center gap-6 px-6 py-12">
      <header className="space-y-1">
        <h1 className="font-semibold text-2xl tracking-tight">Sign in to Rollcall</h1>
        <p className="text-muted">Who can take the next conversation?</p>
      </header>
      <SignInForm />
    </main>
  );
}
