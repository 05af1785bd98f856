/** An empty route handler: the minimum cost of a response from Next.js. */
export function GET() {
  return new Response('{"results":[]}', { headers: { "Content-Type": "application/json" } });
}

/** The same with a request body. */
export async function PATCH(request) {
  await request.json();
  return new Response('{"results":[]}', { headers: { "Content-Type": "application/json" } });
}

export const dynamic = "force-dynamic";
