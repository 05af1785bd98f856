"use client";

import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { signOut } from "./sign-out";

export function SignOutButton() {
  const t = useTranslations("shell.account");
  return <Button onPress={() => void signOut()}>{t("signOut")}</Button>;
}
