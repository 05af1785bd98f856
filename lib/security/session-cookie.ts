/** Name of the cookie that holds a browser's session; over TLS browsers then keep it from other sites. */
export function sessionCookieName(publicUrl: string): string {
  const plain = "rollcall.session-token";
  return publicUrl.startsWith("https:") ? `__Secure-${plain}` : plain;
}
