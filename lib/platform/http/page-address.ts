/**
 * The header in which proxy.ts tells a page its own path and query, which layouts don't see. What a client sends under this
 * name is replaced.
 */
export const pageHeader = "x-rollcall-page";
