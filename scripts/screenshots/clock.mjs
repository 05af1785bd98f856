import { ServerResponse } from "node:http";

// Preloaded into the seed and the server for screenshots: fixes the current time, so that the demo data is
// always the same. Does not affect timers or PostgreSQL's clock.
const moment = Date.parse(process.env.ROLLCALL_SCREENSHOT_TIME ?? "");
if (Number.isNaN(moment)) throw new Error("ROLLCALL_SCREENSHOT_TIME is not a time.");

globalThis.Date = new Proxy(Date, {
  construct: (real, parts, as) => Reflect.construct(real, parts.length === 0 ? [moment] : parts, as),
  apply: (real) => new real(moment).toString(),
  get: (real, name, as) => (name === "now" ? () => moment : Reflect.get(real, name, as)),
});

// Pages follow the server's `Date` header, which Node.js takes from the real clock.
const { writeHead } = ServerResponse.prototype;
ServerResponse.prototype.writeHead = function (...parts) {
  this.setHeader("Date", new Date(moment).toUTCString());
  return writeHead.apply(this, parts);
};
