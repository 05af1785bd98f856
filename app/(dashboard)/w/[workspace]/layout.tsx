import { notFound, redirect } from "next/navigation";
import type { ReactNode } from "react";
import { Shell } from "@/components/shell/shell";
import { getEntrance, signInPage } from "@/lib/browser-session";

export default async function WorkspaceLayout({
  children,
  params,
}: {
  children: ReactNode;
  params: Promise<{ workspace: string }>;
}) {
  const { workspace } = await params;
  const entrance = await getEntrance(workspace);
  if (entrance === "signedOut") redirect(await signInPage());
  if (typeof entrance === "string") notFound();
  return <Shell entrance={entrance}>{children}</Shell>;
}
