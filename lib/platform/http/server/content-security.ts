/**
 * What a page may load. Scripts run only with the nonce of this one answer, or when such a script loads them; styles may be
 * inline, for React and Swagger UI write them; pictures may come from any https: address, for an avatar may stand
 * elsewhere. `stores` are the origins that files are sent to and played from besides our own.
 */
export function contentSecurityPolicy(options: {
  nonce: string;
  publicUrl: string;
  development: boolean;
  stores?: readonly string[];
}): string {
  const { nonce, publicUrl, development, stores = [] } = options;
  const own = ["'self'", ...stores].join(" ");
  return [
    "default-src 'self'",
    // React's tools for development use eval.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob: https:",
    `media-src ${own} blob:`,
    `connect-src ${own}${development ? " ws:" : ""}`,
    "font-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(publicUrl.startsWith("https:") ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}
