// Loaded before the seed and the server of the screenshots: to them it's always the moment that is named, at which the
// demo data is the same every time. Timers, and PostgreSQL's own clock, go on as usual.
const moment = Date.parse(process.env.ROLLCALL_SCREENSHOT_TIME ?? "");
if (Number.isNaN(moment)) throw new Error("ROLLCALL_SCREENSHOT_TIME is not a time.");

globalThis.Date = new Proxy(Date, {
  construct: (real, parts, as) => Reflect.construct(real, parts.length === 0 ? [moment] : parts, as),
  apply: (real) => new real(moment).toString(),
  get: (real, name, as) => (name === "now" ? () => moment : Reflect.get(real, name, as)),
});
