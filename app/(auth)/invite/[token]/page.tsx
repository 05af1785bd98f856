import type { Metadata } from "next";
import Link from "next/link";
import { InvitationForm } from "@/components/auth/invitation-form";
import { getServices } from "@/lib/services";

export const metadata: Metadata = { title: "Invitation", robots: { index: false } };

export const dynamic = "force-dynamic";

export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const { clock, people } = getServices();
  const invitation = await people.invitation(token, clock.now());
  return (
    <main className="mx-auto flex min-h-dvh max-w-sm flex-col justify-center gap-6 px-6 py-12">
      {invitation ? (
        <>
          <header className="space-y-1">
            <h1 className="font-semibold text-2xl tracking-tight">Join {invitation.workspace}</h1>
            <p className="text-muted">
              The invitation is for <span className="break-words text-ink">{invitation.email}</span>
            </p>
          </header>
          <InvitationForm token={token} email={invitation.email} name={invitation.name} />
        </>
      ) : (
        <>
          <header className="space-y-1">
            <h1 className="font-semibold text-2xl tracking-tight">This invitation is no longer good</h1>
            <p className="text-muted">
              It was used, replaced or withdrawn, or its seven days are over. Ask whoever invited you for a
              new one.
            </p>
          </header>
          <Link href="/sign-in" className="font-medium text-accent underline-offset-4 hover:underline">
            Sign in
          </Link>
        </>
      )}
    </main>
  );
}
