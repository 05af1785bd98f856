import type { Metadata } from "next";
import { ProfileView } from "@/components/agents/profile/profile-view";
import { getTranslations } from "@/lib/platform/locale/server/translator";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("profile");
  return { title: t("title") };
}

export default async function AgentPage({ params }: { params: Promise<{ agentId: string }> }) {
  const { agentId } = await params;
  return <ProfileView agentId={agentId} />;
}
