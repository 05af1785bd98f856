import type { Offer } from "@/lib/routing/offers/contract";

// In a separate file, because every page needs it, but not the other rules.

/** Returns the offers that can still be answered, soonest expiry first. */
export function pendingOffers(offers: readonly Offer[], now: number): Offer[] {
  return offers
    .filter(({ expiresAt }) => Date.parse(expiresAt) > now)
    .toSorted((one, other) => Date.parse(one.expiresAt) - Date.parse(other.expiresAt));
}
