/**
 * Ends the session in this browser and goes to the page for signing in. What does it comes along when it is needed; where it
 * can't be had, as after an update of the server, next-auth's own page asks and does the same without it.
 */
export async function signOut(): Promise<void> {
  const loaded = await import("next-auth/react").catch(() => undefined);
  if (loaded) await loaded.signOut({ callbackUrl: "/sign-in" });
  else window.location.assign("/api/auth/signout?callbackUrl=/sign-in");
}
