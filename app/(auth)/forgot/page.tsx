import type { Metadata } from "next";
import Link from "next/link";
import { EntrancePage } from "@/components/access/entrance-page";
import { ForgottenPassword } from "@/components/access/forgotten-password";
import { getTranslations } from "@/lib/platform/locale/server/translator";
import { getServices } from "@/lib/services";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("forgot.title") };
}

export default async function ForgottenPasswordPage() {
  const t = await getTranslations("auth");
  const back = (
    <Link href="/sign-in" className="font-medium text-accent underline-offset-4 hover:underline">
      {t("forgot.back")}
    </Link>
  );
  if (!getServices().passwordResets.available)
    return (
      <EntrancePage title={t("forgot.title")} hint={t("forgot.noMail")}>
        {back}
      </EntrancePage>
    );
  return <ForgottenPassword back={back} />;
}
