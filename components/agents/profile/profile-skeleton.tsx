import { Skeleton } from "@/components/ui/skeleton";

/** The placeholder during the first load of a profile. */
export function ProfileSkeleton({ hasWays = false }: { hasWays?: boolean }) {
  return (
    <div aria-busy="true">
      {hasWays && <div className="h-10" />}
      <div className="flex flex-col gap-3 px-4 pt-5 pb-4 sm:px-6">
        <div className="flex items-start gap-4">
          <Skeleton className="size-12 shrink-0 rounded-full! sm:size-16" />
          <div className="flex min-w-0 flex-1 flex-col gap-2">
            <Skeleton className="h-7 w-48" />
            <Skeleton className="h-7 w-40 max-sm:h-11" />
          </div>
        </div>
        <Skeleton className="h-11 w-72 max-w-full max-sm:h-21" />
        <Skeleton className="h-5 w-56" />
      </div>
      <div className="mx-2 h-9 border-line border-b max-sm:h-11 sm:mx-4" />
      <div className="flex max-w-xl flex-col gap-5 px-4 py-6 sm:px-6">
        <Skeleton className="h-20" />
        <Skeleton className="h-32" />
        <Skeleton className="h-20" />
        <Skeleton className="h-20" />
      </div>
    </div>
  );
}
