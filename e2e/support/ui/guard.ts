import type { BrowserContext, ConsoleMessage } from "@playwright/test";

/** What Chromium itself writes into the console about an answer that is not a success. */
const failedToLoad = /^Failed to load resource: the server responded with a status of (\d{3})/;

/** Firefox reports a font that was still loading when the page was left: the number is NS_BINDING_ABORTED. */
const abortedFont = /^downloadable font: download failed .* status=2152398850\b/;

/** What is written where no answer came at all: by Chromium itself, or here in its place. */
const noAnswer = /^Failed to load resource: (net::ERR_|NS_ERROR_)/;

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
    context.on("weberror", (event) => {
      const { stack, message } = event.error();
      if (!abortedFont.test(message)) this.report(`uncaught: ${stack ?? message}`);
    });
    // Chromium writes what was refused or got no answer into the console. Firefox doesn't, and it is heard all the same.
    const writesFailures = context.browser()?.browserType().name() === "chromium";
    context.on("requestfailed", (request) => {
      const error = request.failure()?.errorText ?? "";
      // The page has given this one up by itself.
      if (!writesFailures && error !== "NS_BINDING_ABORTED") this.report(`Failed to load resource: ${error}`);
    });
    context.on("response", (response) => {
      const status = response.status();
      if (!writesFailures && status >= 400 && status < 500)
        this.report(`Failed to load resource: the server responded with a status of ${status}`);
      if (response.status() >= 500 && new URL(response.url()).origin === this.origin)
        this.report(`${response.status()} ${response.request().method()} ${response.url()}`);
    });
  }

  /** The server will refuse something with this status (400 to 499), which Chromium writes into the console. */
  allowStatus(status: number): void {
    this.allow(`a refusal with ${status}`, (text) => failedToLoad.exec(text)?.[1] === String(status));
  }

  /** A request will get no answer: it was aborted by the test, or the browser is offline. */
  allowNoAnswer(): void {
    this.allow("a request without an answer", (text) => noAnswer.test(text));
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
