import type { Metadata } from "next";
import Link from "next/link";
import { EntrancePage } from "@/components/access/entrance-page";
import { InvitationForm } from "@/components/access/invitation-form";
import { getTranslations } from "@/lib/platform/locale/server/translator";
import { getServices } from "@/lib/services";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("invitation.title"), robots: { index: false } };
}

export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const { clock, people } = getServices();
  const invitation = await people.invitation(token, clock.now());
  const t = await getTranslations("auth");
  if (!invitation)
    return (
      <EntrancePage title={t("invitation.gone")} hint={t("invitation.goneHint")}>
        <Link href="/sign-in" className="font-medium text-accent underline-offset-4 hover:underline">
          {t("signIn")}
        </Link>
      </EntrancePage>
    );
  return (
    <EntrancePage
      title={t("invitation.join", { workspace: invitation.workspace })}
      hint={t("invitation.for", { email: invitation.email })}
    >
      <InvitationForm token={token} email={invitation.email} name={invitation.name} />
    </EntrancePage>
  );
}
