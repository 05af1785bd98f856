import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { OwnProfileView } from "@/components/agents/profile/profile-view";
import { Shell } from "@/components/shell/shell";
import { getEntrance, signInPage } from "@/lib/browser-session";
import { getTranslations } from "@/lib/platform/locale/server/translator";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("profile");
  return { title: t("mine") };
}

type Query = Record<string, string | string[] | undefined>;

/** Renders the shell itself, because layouts cannot read the query, which names the workspace. */
export default async function OwnPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const slug = typeof query.workspace === "string" ? query.workspace : undefined;
  const entrance = await getEntrance(slug);
  if (entrance === "signedOut") redirect(await signInPage());
  if (entrance === "nowhere") redirect("/no-workspace");
  if (entrance === "notFound") notFound();
  return (
    <Shell entrance={entrance}>
      <OwnProfileView />
    </Shell>
  );
}
