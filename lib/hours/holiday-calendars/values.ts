/** Maximum number of holiday calendars of an agent. */
export const assignedLimit = 20;
