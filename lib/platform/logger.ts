import pino from "pino";

/** Characters of lines that are written at once: below what a pipe takes whole, so that lines of two processes don't mix. */
const together = 2048;
/** Milliseconds that a line waits for others. */
const patience = 100;

let out: { write(line: string): void } | undefined;

/**
 * Standard output. Writing a line takes as long as a tenth of a small request, so under load several go together; nothing
 * stays behind when the process ends, but what it had to say in its last tenth of a second is lost when it is killed.
 */
function standardOutput(): { write(line: string): void } {
  const destination = pino.destination({ dest: 1, sync: true });
  let lines = "";
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (lines !== "") destination.write(lines);
    lines = "";
  };
  process.on("exit", flush);
  return {
    write(line) {
      lines += line;
      if (lines.length >= together) flush();
      else timer ??= setTimeout(flush, patience).unref();
    },
  };
}

/** One JSON line an event on standard output. Never a credential, never a body. */
export function createLogger(level: string) {
  out ??= standardOutput();
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, out);
}

export type Logger = ReturnType<typeof createLogger>;
