/** Lifetime of a password reset link in milliseconds: 30 minutes. */
export const resetLifetime = 30 * 60_000;
