import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PartsPage } from "@/components/dev/parts-page";
import { getServices } from "@/lib/services";

export const metadata: Metadata = { title: "Parts", robots: { index: false } };

/** Shows all UI components in all states, for development. */
export default async function DevelopmentPartsPage({
  searchParams,
}: {
  searchParams: Promise<{ only?: string | string[] }>;
}) {
  if (!getServices().settings.devPages) notFound();
  const { only } = await searchParams;
  return <PartsPage only={only} />;
}
