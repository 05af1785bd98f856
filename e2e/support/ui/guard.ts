import type { BrowserContext, ConsoleMessage } from "@playwright/test";

/** Chromium's console message for an error response. */
const failedToLoad = /^Failed to load resource: the server responded with a status of (\d{3})/;

/** Firefox reports a font that was still loading when the page closed; the number is NS_BINDING_ABORTED. */
const abortedFont = /^downloadable font: download failed .* status=2152398850\b/;

/** The message for a request without a response: Chromium's own, or the one reported here for Firefox. */
const noAnswer = /^Failed to load resource: (net::ERR_|NS_ERROR_)/;

interface Allowance {
  what: string;
  fits: (text: string) => boolean;
  used: boolean;
}

/**
 * Records the errors of all pages in a context: console errors and warnings, uncaught exceptions, CSP
 * violations, and responses of 500 and above. A test fails for each error that it did not announce, and for
 * each announced error that did not occur.
 */
export class Guard {
  private readonly found: string[] = [];
  private readonly allowances: Allowance[] = [];
  private areRequestsGone = false;

  constructor(private readonly origin: string) {}

  async watch(context: BrowserContext): Promise<void> {
    await context.addInitScript(reportTriedEval);
    context.on("console", (message) => this.hear(message));
    context.on("weberror", (event) => {
      const { stack, message } = event.error();
      // The message lacks the text before the first colon.
      const text = stack ?? message;
      if (!abortedFont.test(text)) this.report(`uncaught: ${text}`);
    });
    // Chromium logs failed requests to the console. Firefox does not, so they are recorded here.
    const writesFailures = context.browser()?.browserType().name() === "chromium";
    context.on("requestfailed", (request) => {
      const error = request.failure()?.errorText ?? "";
      // NS_BINDING_ABORTED: the page itself canceled the request.
      if (!writesFailures && error !== "NS_BINDING_ABORTED") this.report(`Failed to load resource: ${error}`);
    });
    context.on("response", (response) => {
      const status = response.status();
      if (!writesFailures && status >= 400 && status < 500)
        this.refused(
          `Failed to load resource: the server responded with a status of ${status}`,
          response.url(),
        );
      if (response.status() >= 500 && new URL(response.url()).origin === this.origin)
        this.report(`${response.status()} ${response.request().method()} ${response.url()}`);
    });
  }

  /** Announces a response with this status (400 to 499), which Chromium logs to the console. */
  allowStatus(status: number): void {
    this.allow(`a refusal with ${status}`, (text) => failedToLoad.exec(text)?.[1] === String(status));
  }

  /** Announces a request without a response: aborted by the test, or offline. */
  allowNoAnswer(): void {
    this.allow("a request without an answer", (text) => noAnswer.test(text));
  }

  /**
   * Tolerates 404 for previews of time off. Pages about it show the requests of all agents, some of whom other tests
   * delete meanwhile.
   */
  tolerateDeletedRequests(): void {
    this.areRequestsGone = true;
  }

  /** Returns the recorded errors, and the announced ones that did not occur. */
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
    this.refused(message.text(), url, `console.${message.type()} at ${url}:${lineNumber}: `);
  }

  /** Reports an error about a URL, unless it is a tolerated 404. */
  private refused(text: string, url: string, where = `${url}: `): void {
    const isGone = failedToLoad.exec(text)?.[1] === "404";
    if (isGone && this.areRequestsGone && url.endsWith("/time-off/preview")) return;
    this.report(text, where);
  }

  private report(text: string, where = ""): void {
    const allowed = this.allowances.filter((each) => each.fits(text));
    for (const each of allowed) each.used = true;
    if (allowed.length === 0) this.found.push(`${where}${text}`);
  }
}

/**
 * Runs in the page before its scripts. Reports blocked `eval` through an event that all browsers fire;
 * Chromium logs it to the console only if the exception is not caught.
 */
function reportTriedEval(): void {
  document.addEventListener("securitypolicyviolation", ({ blockedURI, violatedDirective, sourceFile }) => {
    // biome-ignore lint/suspicious/noConsole: runs in the page, where the guard records console messages
    if (blockedURI === "eval") console.error(`eval was stopped by ${violatedDirective} in ${sourceFile}`);
  });
}
