import type { BrowserContext, ConsoleMessage } from "@playwright/test";

/** What Chromium itself writes into the console about an answer that is not a success. */
const failedToLoad = /^Failed to load resource: the server responded with a status of (\d{3})/;

interface Allowance {
  what: string;
  fits: (text: string) => boolean;
  used: boolean;
}

/**
 * Watches everything that pages of a context complain about: errors and warnings in the console, exceptions that nobody
 * caught, breaches of the content security policy, and answers of our own server from 500 on. A test fails for each of
 * them that it has not announced, and for each that it has announced and that did not come.
 */
export class Guard {
  private readonly found: string[] = [];
  private readonly allowances: Allowance[] = [];

  constructor(private readonly origin: string) {}

  async watch(context: BrowserContext): Promise<void> {
    await context.addInitScript(reportTriedEval);
    context.on("console", (message) => this.hear(message));
    context.on("weberror", (error) => {
      this.report(`uncaught: ${error.error().stack ?? error.error().message}`);
    });
    // Chromium writes refusals into the console; where a browser does not, they are heard all the same.
    const writesRefusals = context.browser()?.browserType().name() === "chromium";
    context.on("response", (response) => {
      const status = response.status();
      if (!writesRefusals && status >= 400 && status < 500)
        this.report(`Failed to load resource: the server responded with a status of ${status}`);
      if (response.status() >= 500 && new URL(response.url()).origin === this.origin)
        this.report(`${response.status()} ${response.request().method()} ${response.url()}`);
    });
  }

  /** The server will refuse something with this status (400 to 499), which Chromium writes into the console. */
  allowStatus(status: number): void {
    this.allow(`a refusal with ${status}`, (text) => failedToLoad.exec(text)?.[1] === String(status));
  }

  /** Something else in the console is what this test is about. */
  allowMessage(pattern: RegExp): void {
    this.allow(`a message like ${pattern}`, (text) => pattern.test(text));
  }

  /** What was found so far, and what was announced and has not come. */
  complaints(): string[] {
    const missing = this.allowances.filter((each) => !each.used);
    return [...this.found, ...missing.map(({ what }) => `${what} was expected, and did not come`)];
  }

  private allow(what: string, fits: Allowance["fits"]): void {
    this.allowances.push({ what, fits, used: false });
  }

  private hear(message: ConsoleMessage): void {
    if (message.type() !== "error" && message.type() !== "warning") return;
    const { url, lineNumber } = message.location();
    this.report(message.text(), `console.${message.type()} at ${url}:${lineNumber}: `);
  }

  private report(text: string, where = ""): void {
    const allowed = this.allowances.filter((each) => each.fits(text));
    for (const each of allowed) each.used = true;
    if (allowed.length === 0) this.found.push(`${where}${text}`);
  }
}

/**
 * Runs in the page before its own scripts. Code that was made from text, and that the policy stopped, is an event in every
 * browser; into the console Chromium writes it only where nobody caught the exception.
 */
function reportTriedEval(): void {
  document.addEventListener("securitypolicyviolation", ({ blockedURI, violatedDirective, sourceFile }) => {
    // biome-ignore lint/suspicious/noConsole: it runs in the page, whose console is listened to
    if (blockedURI === "eval") console.error(`eval was stopped by ${violatedDirective} in ${sourceFile}`);
  });
}
