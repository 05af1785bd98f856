import { handleSession } from "@/lib/http/session";

export const GET = handleSession;
export const POST = handleSession;
