import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { getSettings } from "@/lib/env";
import { pageHeader } from "@/lib/platform/http/page-address";
import { contentSecurityPolicy } from "@/lib/platform/http/server/content-security";

/**
 * Sets a Content-Security-Policy with a new nonce for each page. Next.js reads the nonce from the request header and
 * adds it to its scripts. Also passes the page its path and query in `pageHeader`.
 */
export function proxy(request: NextRequest): NextResponse {
  const { media, mode, publicUrl } = getSettings();
  const policy = contentSecurityPolicy({
    nonce: randomBytes(16).toString("base64"),
    publicUrl,
    development: mode === "development",
    stores: media.kind === "s3" ? [media.publicEndpoint] : [],
  });
  const headers = new Headers(request.headers);
  headers.set("Content-Security-Policy", policy);
  headers.set(pageHeader, request.nextUrl.pathname + request.nextUrl.search);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  return response;
}

/** Only pages: scripts/server/guard.mjs sets the policy of the API and of files. */
export const config = { matcher: ["/((?!api/|workspaces/|_next/|\\.well-known/).*)"] };
