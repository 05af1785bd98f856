import { onSessionPaths } from "@/lib/access/sessions/server/session-paths";
import { handleSession } from "@/lib/browser-session";
import { getServices } from "@/lib/services";

const answer = onSessionPaths(handleSession, getServices);

// Exports every method. Otherwise, Next.js would answer the missing ones itself.
export const GET = answer;
export const HEAD = answer;
export const POST = answer;
export const PUT = answer;
export const PATCH = answer;
export const DELETE = answer;
export const OPTIONS = answer;
