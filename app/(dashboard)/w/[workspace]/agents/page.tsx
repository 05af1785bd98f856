import type { Metadata } from "next";
import { AgentList } from "@/components/agents/list/agent-list";
import { getTranslations } from "@/lib/platform/locale/server/translator";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shell");
  return { title: t("nav.agents") };
}

export default function AgentsPage() {
  return <AgentList />;
}
