import { ButtonSpecimens } from "./button-specimens";
import { ChoiceSpecimens } from "./choice-specimens";
import { DateSpecimens } from "./date-specimens";
import { FeedbackSpecimens } from "./feedback-specimens";
import { FieldSpecimens } from "./field-specimens";
import { MirroredSpecimens } from "./mirrored-specimens";
import { OverlaySpecimens } from "./overlay-specimens";
import { Section } from "./specimen";
import { StructureSpecimens } from "./structure-specimens";
import { TableSpecimens } from "./table-specimens";

const sections = [
  { id: "buttons", title: "Buttons, links, toolbars", Content: ButtonSpecimens },
  { id: "fields", title: "Text, numbers, files", Content: FieldSpecimens },
  { id: "choices", title: "Choices and tags", Content: ChoiceSpecimens },
  { id: "dates", title: "Dates and times", Content: DateSpecimens },
  { id: "overlays", title: "Menus, dialogs, tooltips", Content: OverlaySpecimens },
  { id: "feedback", title: "Notices, progress, status", Content: FeedbackSpecimens },
  { id: "structure", title: "Tabs, disclosures, empty states", Content: StructureSpecimens },
  { id: "tables", title: "Tables", Content: TableSpecimens },
  { id: "mirrored", title: "Right to left", Content: MirroredSpecimens },
];

/** Every UI part in every state; `only` restricts it to one section. */
export function PartsPage({ only }: { only?: string | string[] | undefined }) {
  const shown = sections.filter(({ id }) => only === undefined || [only].flat().includes(id));
  return (
    <div className="mx-auto flex max-w-7xl gap-10 px-4 py-8 sm:px-6">
      <nav aria-label="Sections" className="sticky top-8 hidden w-44 shrink-0 self-start lg:block">
        <ul className="space-y-1">
          {sections.map(({ id, title }) => (
            <li key={id}>
              <a
                href={`#${id}`}
                className="block rounded-md px-2 py-1 text-muted hover:bg-hover hover:text-ink"
              >
                {title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <main className="min-w-0 flex-1">
        <h1 className="pb-6 font-semibold text-2xl">Parts</h1>
        {shown.map(({ id, title, Content }) => (
          <Section key={id} id={id} title={title}>
            <Content />
          </Section>
        ))}
      </main>
    </div>
  );
}
