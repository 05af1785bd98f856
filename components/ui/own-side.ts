/**
 * For a text with its own direction (`dir="auto"`), which is truncated at its end, but is aligned with the page's
 * direction. Not `rtl:`, which also matches a right-to-left name on a left-to-right page.
 */
export const ownSide = "text-left [[dir=rtl]_&]:text-right";
