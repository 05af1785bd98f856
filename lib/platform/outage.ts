/** `digest` of errors caused by an unavailable database: all that Next.js tells the browser about an error. */
export const outageDigest = "DatabaseUnavailable";

/** Seconds after which a page that failed because of the database loads again. */
export const outageRetry = 10;
