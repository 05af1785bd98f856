import type { Language } from "./locales";
import type agents from "./messages/en/agents.json";
import type audit from "./messages/en/audit.json";
import type auth from "./messages/en/auth.json";
import type availability from "./messages/en/availability.json";
import type board from "./messages/en/board.json";
import type broken from "./messages/en/broken.json";
import type calendar from "./messages/en/calendar.json";
import type errors from "./messages/en/errors.json";
import type holidays from "./messages/en/holidays.json";
import type media from "./messages/en/media.json";
import type profile from "./messages/en/profile.json";
import type routing from "./messages/en/routing.json";
import type schedule from "./messages/en/schedule.json";
import type settings from "./messages/en/settings.json";
import type shell from "./messages/en/shell.json";
import type ui from "./messages/en/ui.json";

/** All messages by area. English is the reference for the types and the other languages. */
export interface Messages {
  agents: typeof agents;
  audit: typeof audit;
  auth: typeof auth;
  availability: typeof availability;
  board: typeof board;
  broken: typeof broken;
  calendar: typeof calendar;
  errors: typeof errors;
  holidays: typeof holidays;
  media: typeof media;
  profile: typeof profile;
  routing: typeof routing;
  schedule: typeof schedule;
  settings: typeof settings;
  shell: typeof shell;
  ui: typeof ui;
}

/** One file per area. */
export const messageAreas = [
  "agents",
  "audit",
  "auth",
  "availability",
  "board",
  "broken",
  "calendar",
  "errors",
  "holidays",
  "media",
  "profile",
  "routing",
  "schedule",
  "settings",
  "shell",
  "ui",
] as const satisfies readonly (keyof Messages)[];

/** Loads all messages of a language. */
export async function loadMessages(language: Language): Promise<Messages> {
  const parts = await Promise.all(
    messageAreas.map(
      async (area) => [area, (await import(`./messages/${language}/${area}.json`)).default] as const,
    ),
  );
  return Object.fromEntries(parts) as unknown as Messages;
}
