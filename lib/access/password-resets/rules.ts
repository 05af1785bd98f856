/** Milliseconds that the link for a new password is good for: 30 minutes. */
export const resetLifetime = 30 * 60_000;
