export function GET() {
  return new Response('{"results":[]}', { headers: { "Content-Type": "application/json" } });
}

export const dynamic = "force-dynamic";
