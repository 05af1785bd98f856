/**
 * Header in which proxy.ts passes a page's path and query to layouts, which can't see them. Replaced if a
 * client sends it.
 */
export const pageHeader = "x-rollcall-page";
