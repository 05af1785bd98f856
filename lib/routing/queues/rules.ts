/**
 * Returns the steps of a stored queue with their teams. A step without teams that doesn't drop skills has no effect: all
 * its teams have been deleted. It is left out. `teamsOf` returns the ids of a step's teams by its place.
 */
export function stepsOf<Step extends { dropSkills?: boolean | undefined }>(
  stored: readonly Step[],
  teamsOf: (place: number) => string[],
): (Step & { teamIds: string[] })[] {
  return stored
    .map((step, place) => ({ ...step, teamIds: teamsOf(place) }))
    .filter(({ teamIds, dropSkills }) => teamIds.length > 0 || dropSkills);
}
