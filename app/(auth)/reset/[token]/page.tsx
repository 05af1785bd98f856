import type { Metadata } from "next";
import Link from "next/link";
import { EntrancePage } from "@/components/access/entrance-page";
import { ResetForm } from "@/components/access/reset-form";
import { getTranslations } from "@/lib/platform/locale/server/translator";
import { getServices } from "@/lib/services";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("reset.title"), robots: { index: false } };
}

/** Viewing the page does not consume the token, because mail scanners open links too. */
export default async function ResetPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const { clock, passwordResets } = getServices();
  const person = await passwordResets.find(token, clock.now());
  const t = await getTranslations("auth");
  if (!person)
    return (
      <EntrancePage title={t("reset.gone")} hint={t("reset.goneHint")}>
        <Link href="/forgot" className="font-medium text-accent underline-offset-4 hover:underline">
          {t("reset.again")}
        </Link>
      </EntrancePage>
    );
  return (
    <EntrancePage title={t("reset.title")} hint={t("reset.for", { email: person.email })}>
      <ResetForm token={token} email={person.email} />
    </EntrancePage>
  );
}
