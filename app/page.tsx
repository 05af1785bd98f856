import { redirect } from "next/navigation";
import { getEntrance } from "@/lib/browser-session";
import { homeOf } from "@/lib/workforce/workspaces/rules";

export default async function HomePage() {
  const entrance = await getEntrance(undefined);
  if (typeof entrance !== "string") redirect(homeOf(entrance));
  redirect(entrance === "nowhere" ? "/no-workspace" : "/sign-in");
}
