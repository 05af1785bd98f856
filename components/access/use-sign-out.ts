"use client";

import { useQueryClient } from "@tanstack/react-query";
import { holdReads } from "@/lib/platform/client/request";
import { prepareSignOut } from "@/lib/platform/client/sign-out";

/**
 * Returns a function that ends the session in this browser and opens the sign-in page. Reads in progress are canceled
 * first: they would be refused, and the page would ask for the password. Presence ends first, too.
 */
export function useSignOut(): () => void {
  const client = useQueryClient();
  return () => {
    const release = holdReads();
    void client.cancelQueries();
    void prepareSignOut().then((undo) =>
      signOut().catch(() => {
        undo();
        release();
      }),
    );
  };
}

/**
 * If its code can't be loaded, for example after a deployment, opens next-auth's sign-out page instead.
 */
async function signOut(): Promise<void> {
  const loaded = await import("next-auth/react").catch(() => undefined);
  if (loaded) await loaded.signOut({ callbackUrl: "/sign-in" });
  else window.location.assign("/api/auth/signout?callbackUrl=/sign-in");
}
