// Replaces Next.js' error page: Next.js answers every error of a page with 500, and gives pages no way to choose
// another status.
import { AsyncLocalStorage } from "node:async_hooks";

const requests = new AsyncLocalStorage();

/**
 * Sends this instead of the 500 of the request that is being handled, unless its headers are out.
 * @param {{status: number, headers: Record<string, string>, body: string}} replacement
 */
export function replaceCurrent(replacement) {
  const request = requests.getStore();
  if (request) request.replacement = replacement;
}

/** Headers that describe the body which is replaced. */
const ofBody = ["Content-Encoding", "Content-Length", "ETag", "Link", "Transfer-Encoding"];

/** Runs `answer`, during which `replaceCurrent` applies to this response. */
export function replaceable(response, answer) {
  const state = { replacement: undefined };
  const { writeHead, write, end, flushHeaders } = response;
  let replaced = false;

  /** Returns whether the response is, or now becomes, the replacement, so that nothing else may be written. */
  function replace(status) {
    if (replaced || response.headersSent || status !== 500 || !state.replacement) return replaced;
    replaced = true;
    const { status: instead, headers, body } = state.replacement;
    for (const name of ofBody) response.removeHeader(name);
    for (const name in headers) response.setHeader(name, headers[name]);
    response.setHeader("Content-Length", Buffer.byteLength(body));
    response.statusCode = instead;
    response.statusMessage = undefined;
    // The methods from before Next.js compressed what is written.
    writeHead.call(response, instead);
    end.call(response, body);
    return true;
  }

  response.writeHead = (status, ...rest) => {
    if (!replace(status)) writeHead.call(response, status, ...rest);
    return response;
  };
  response.flushHeaders = () => {
    if (!replace(response.statusCode)) flushHeaders.call(response);
  };
  response.write = (...chunk) => replace(response.statusCode) || write.apply(response, chunk);
  response.end = (...chunk) => {
    if (!replace(response.statusCode)) end.apply(response, chunk);
    return response;
  };
  return requests.run(state, answer);
}
