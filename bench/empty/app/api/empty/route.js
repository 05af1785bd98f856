/** A route handler that does nothing: what any answer through Next costs at least. */
export function GET() {
  return new Response('{"results":[]}', { headers: { "Content-Type": "application/json" } });
}

/** The same with a body read. */
export async function PATCH(request) {
  await request.json();
  return new Response('{"results":[]}', { headers: { "Content-Type": "application/json" } });
}

export const dynamic = "force-dynamic";
