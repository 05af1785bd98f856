"use client";

import { signOut } from "next-auth/react";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";

/** Ends the session in this browser. */
export function SignOutButton() {
  const t = useTranslations("shell.account");
  return <Button onPress={() => void signOut({ callbackUrl: "/sign-in" })}>{t("signOut")}</Button>;
}
