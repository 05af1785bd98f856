import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { getSettings } from "@/lib/env";
import { pageHeader } from "@/lib/platform/http/page-address";
import { contentSecurityPolicy } from "@/lib/platform/http/server/content-security";

/**
 * Gives each page a policy with a nonce of its own, which Next reads from the request and puts on its scripts; and tells it
 * its address.
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

/** Pages alone: the API and files have the policy of scripts/server/guard.mjs. */
export const config = { matcher: ["/((?!api/|workspaces/|_next/|\\.well-known/).*)"] };
