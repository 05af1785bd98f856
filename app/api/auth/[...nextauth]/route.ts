import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { sessionOptions } from "@/lib/http/session";

const handler = (request: NextRequest, context: { params: Promise<{ nextauth: string[] }> }) =>
  NextAuth(request, context, sessionOptions());

export { handler as GET, handler as POST };
