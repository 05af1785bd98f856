import { redirect } from "next/navigation";
import { getEntrance } from "@/lib/browser-session";
import { homeOf } from "@/lib/workforce/workspaces/rules";

export default async function WorkspacePage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  const entrance = await getEntrance(workspace);
  if (typeof entrance !== "string") redirect(homeOf(entrance));
}
