"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { Failed } from "@/components/settings/kit/failed";
import { PageHeader } from "@/components/shell/page-header";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Skeleton } from "@/components/ui/skeleton";
import { policyQuery } from "@/lib/availability/effective/client/queries";
import { PolicyForm } from "./policy-form";

/** The settings page of the availability policy. */
export function AvailabilityPage() {
  const t = useTranslations("settings.policy");
  const shell = useTranslations("shell.settings");
  const { workspace } = useWorkspace();
  const policy = useQuery(policyQuery(workspace.id));
  return (
    <>
      <PageHeader title={shell("availability")} hint={t("hint")} />
      {policy.isPending && (
        <div aria-busy="true" className="max-w-3xl space-y-6 px-4 sm:px-6">
          {[40, 32, 16, 96].map((height) => (
            <Skeleton key={height} className="h-32" />
          ))}
        </div>
      )}
      {policy.isError && !policy.data && (
        <Failed error={policy.error} isRetrying={policy.isFetching} onRetry={() => void policy.refetch()} />
      )}
      {policy.data && <PolicyForm policy={policy.data} />}
    </>
  );
}
