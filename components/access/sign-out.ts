/**
 * Ends the session in this browser and opens the sign-in page. If the code cannot be loaded, as after a
 * deployment, next-auth's own sign-out page opens instead.
 */
export async function signOut(): Promise<void> {
  const loaded = await import("next-auth/react").catch(() => undefined);
  if (loaded) await loaded.signOut({ callbackUrl: "/sign-in" });
  else window.location.assign("/api/auth/signout?callbackUrl=/sign-in");
}
