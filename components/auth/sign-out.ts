/** Ends the session in this browser and goes to the page for signing in. What does it comes along when it is needed. */
export async function signOut(): Promise<void> {
  const { signOut: send } = await import("next-auth/react");
  await send({ callbackUrl: "/sign-in" });
}
