"use client";

import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { useSignOut } from "./use-sign-out";

export function SignOutButton() {
  const t = useTranslations("shell.account");
  const signOut = useSignOut();
  return <Button onPress={signOut}>{t("signOut")}</Button>;
}
