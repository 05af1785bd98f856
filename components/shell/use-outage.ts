import { useEffect } from "react";
import { outageDigest, outageRetry } from "@/lib/platform/outage";

/** Returns whether an error means that the database is unavailable. If so, retries at intervals. */
export function useOutage(error: Error & { digest?: string }, onRetry: () => void): boolean {
  const isOutage = error.digest === outageDigest;
  useEffect(() => {
    if (!isOutage) return;
    const timer = setInterval(onRetry, outageRetry * 1000);
    return () => clearInterval(timer);
  }, [isOutage, onRetry]);
  return isOutage;
}
