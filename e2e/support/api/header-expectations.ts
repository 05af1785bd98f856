/** Headers of every response. */
export const everywhere = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
};

export const policyOf = (headers: Headers) => headers.get("content-security-policy") ?? "";
