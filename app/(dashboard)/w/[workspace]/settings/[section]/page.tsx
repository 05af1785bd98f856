import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Section } from "@/components/settings/kit/section";
import { settingsSections } from "@/components/settings/sections";
import { getTranslations } from "@/lib/platform/locale/server/translator";

interface Props {
  params: Promise<{ section: string }>;
}

async function sectionOf({ params }: Props) {
  const path = `/settings/${(await params).section}`;
  return settingsSections.find((section) => section.path === path) ?? notFound();
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const t = await getTranslations("shell");
  const { key } = await sectionOf(props);
  return { title: t(`settings.${key}`) };
}

export default async function Page(props: Props) {
  const { needs, icon: Icon, Page: Content } = await sectionOf(props);
  return (
    <Section needs={needs} icon={<Icon className="size-5" />}>
      <Content />
    </Section>
  );
}
