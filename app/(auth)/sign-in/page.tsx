import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { EntrancePage } from "@/components/access/entrance-page";
import { SignInForm } from "@/components/access/sign-in-form";
import { nextPage } from "@/lib/access/auth/rules";
import { getSessionUser } from "@/lib/browser-session";
import { getTranslations } from "@/lib/platform/locale/server/translator";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("signIn") };
}

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { next } = await searchParams;
  const target = nextPage(typeof next === "string" ? next : undefined);
  if (await getSessionUser()) redirect(target);
  const t = await getTranslations("auth");
  return (
    <EntrancePage title={t("signInTitle")} hint={t("tagline")}>
      <SignInForm next={target} />
    </EntrancePage>
  );
}
