import pino from "pino";

/** One JSON line an event on standard output. Never a credential, never a body. */
export function createLogger(level: string) {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
}

export type Logger = ReturnType<typeof createLogger>;
