import Link from "next/link";
import { redirect } from "next/navigation";
import { SignOutButton } from "@/components/auth/sign-out-button";
import { getSessionUser } from "@/lib/http/session";

export const dynamic = "force-dynamic";

export default async function HomePage() {
  const user = await getSessionUser();
  if (!user) redirect("/sign-in");
  return (
    <main className="mx-auto flex min-h-dvh max-w-sm flex-col justify-center gap-6 px-6 py-12">
      <header className="space-y-1">
        <h1 className="font-semibold text-2xl tracking-tight">Rollcall</h1>
        <p className="text-muted">
          Signed in as <span className="text-ink">{user.name}</span>, {user.email}
        </p>
      </header>
      <nav aria-label="Pages" className="divide-y divide-line rounded-lg border border-line bg-surface">
        <Link href="/docs" className="flex min-h-11 items-center justify-between px-4 hover:text-accent">
          API reference <span aria-hidden="true">→</span>
        </Link>
        <a
          href="/api/workspaces"
          className="flex min-h-11 items-center justify-between px-4 hover:text-accent"
        >
          Your workspaces as JSON <span aria-hidden="true">→</span>
        </a>
      </nav>
      <SignOutButton />
    </main>
  );
}
