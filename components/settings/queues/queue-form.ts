import { z } from "zod";
import { type Queue, queueDraftSchema } from "@/lib/routing/queues/contract";

const stepsSchema = queueDraftSchema.shape.steps.unwrap();

type StepInput = z.input<typeof stepsSchema>[number];

/** Schema messages of a step that the form translates. */
export const stepMessages = { empty: "must add teams", later: "must come later" } as const;

/**
 * Converts the fields to a request body. Steps leave out an empty list of teams, and `dropSkills` if it is
 * false.
 */
export const queueFormSchema = queueDraftSchema.extend({
  steps: z
    .array(
      z.object({
        afterSeconds: z.number().nullable(),
        teamIds: z.array(z.string()),
        dropSkills: z.boolean(),
      }),
    )
    .transform((steps) =>
      steps.map(
        ({ afterSeconds, teamIds, dropSkills }): StepInput => ({
          afterSeconds: afterSeconds ?? Number.NaN,
          ...(teamIds.length > 0 ? { teamIds } : {}),
          ...(dropSkills ? { dropSkills } : {}),
        }),
      ),
    )
    .pipe(stepsSchema),
});

export type QueueFormValues = z.input<typeof queueFormSchema>;
export type ParsedQueueForm = z.output<typeof queueFormSchema>;

/** Returns the fields of a queue, or of a new one. Both kinds of teams are always present. */
export function fieldsOf(queue: Queue | undefined) {
  const idsOf = (kind: "primary" | "secondary") => queue?.teams.find(({ type }) => type === kind)?.ids ?? [];
  return {
    name: queue?.name ?? "",
    description: queue?.description ?? "",
    default: queue?.default ?? false,
    teams: [
      { type: "primary" as const, ids: idsOf("primary") },
      { type: "secondary" as const, ids: idsOf("secondary") },
    ],
    targetSeconds: queue?.targetSeconds ?? 120,
    priority: queue?.priority ?? 50,
    offerMode: queue?.offerMode ?? ("auto" as const),
    offerTimeout: queue?.offerTimeout ?? 30,
    strategy: queue?.strategy ?? ("leastLoaded" as const),
    steps: (queue?.steps ?? []).map(({ afterSeconds, teamIds = [], dropSkills = false }) => ({
      afterSeconds,
      teamIds,
      dropSkills,
    })),
    rampSeconds: queue?.rampSeconds ?? 0,
  };
}

export const units = { seconds: 1, minutes: 60, hours: 3600 } as const;

export type Unit = keyof typeof units;

/** Returns the largest unit in which a duration is a whole number. */
export function unitOf(seconds: number): Unit {
  if (seconds > 0 && seconds % units.hours === 0) return "hours";
  return seconds > 0 && seconds % units.minutes === 0 ? "minutes" : "seconds";
}
