/** Runs once when the server starts: a wrong setting stops it here with one line, not at the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { getServices } = await import("@/lib/services");
  getServices();
}
