/**
 * Returns the Content-Security-Policy of a page. Styles may be inline because React and Swagger UI write
 * them; images may come from any https: URL because avatars may be external. `stores` are additional origins
 * for uploads and media.
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
    // React's development tools use eval.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob: https:",
    `media-src ${own} blob:`,
    `connect-src ${own}${development ? " ws:" : ""}`,
    "worker-src 'self'",
    "font-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(publicUrl.startsWith("https:") ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}
