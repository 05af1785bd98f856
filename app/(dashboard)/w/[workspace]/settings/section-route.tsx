import type { Metadata } from "next";
import type { ComponentType } from "react";
import { Section } from "@/components/settings/kit/section";
import type { SectionName } from "@/components/settings/sections";
import { getTranslations } from "@/lib/platform/locale/server/translator";

/** Makes the route of a settings page: its title, and its content for people with its permission. */
export function sectionRoute(name: SectionName, Content: ComponentType) {
  return {
    async generateMetadata(): Promise<Metadata> {
      const t = await getTranslations("shell");
      return { title: t(`settings.${name}`) };
    },
    Page: () => (
      <Section name={name}>
        <Content />
      </Section>
    ),
  };
}
