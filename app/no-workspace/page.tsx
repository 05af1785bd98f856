import { DoorClosed } from "lucide-react";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignOutButton } from "@/components/access/sign-out-button";
import { MessagePage } from "@/components/shell/message-page";
import { getEntrance } from "@/lib/browser-session";
import { getTranslations } from "@/lib/platform/locale/server/translator";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shell");
  return { title: t("nowhere.title") };
}

/** For people who can sign in but belong to no workspace. */
export default async function NoWorkspacePage() {
  if ((await getEntrance(undefined)) !== "nowhere") redirect("/");
  const t = await getTranslations("shell");
  return (
    <main>
      <MessagePage
        icon={<DoorClosed className="size-5" />}
        title={t("nowhere.title")}
        action={<SignOutButton />}
      >
        {t("nowhere.text")}
      </MessagePage>
    </main>
  );
}
