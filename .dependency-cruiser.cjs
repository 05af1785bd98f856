// The dependency rules of docs/architecture.md. scripts/testing/boundaries.test.ts plants violations and
// checks that they are reported.

const floors = require("./lib/floors.json");

const impure =
  "^(next|next-auth|react|react-dom|pg|pino|@prisma)(/|$)|node_modules/(next|next-auth|react|react-dom|pg|pino|@prisma)/|" +
  "^lib/(generated/|platform/(database/|(clock|logger)\\.ts$)|(env|services)\\.ts$)";

/** A room: `lib/<floor>/<room>/`. */
const room = "lib/[^/]+/[^/]+";
const noTest = "\\.test\\.tsx?$|^lib/testing/";
/** Files with pure functions. */
const pure = `^(lib/platform/time/[^/]+|${room}/(rules|permissions))\\.ts$`;

/**
 * Imports go down only: not to a floor above, not to a file that composes floors, not to a later room of the
 * same floor.
 */
const downward = floors.flatMap(({ floor, rooms }, index) => {
  const above = floors.slice(index + 1).map((each) => each.floor);
  const from = `^lib/${floor}/`;
  return [
    {
      name: `floor-${floor}`,
      comment: `lib/${floor} imports from its own floor and the floors below it (lib/floors.json).`,
      severity: "error",
      from: { path: from, pathNot: noTest },
      to: { path: `^lib/(${[...above.map((each) => `${each}/`), "[^/]+\\.ts$"].join("|")})` },
    },
    {
      name: `rooms-known-${floor}`,
      comment: "Every room is listed in lib/floors.json.",
      severity: "error",
      from: {},
      to: { path: from, pathNot: `${from}((${rooms.join("|")})/|[^/]+\\.ts$)` },
    },
    ...rooms.map((name, place) => ({
      name: `room-${floor}-${name}`,
      comment: `lib/${floor}/${name} imports from rooms before it in lib/floors.json.`,
      severity: "error",
      from: { path: `${from}${name}/`, pathNot: noTest },
      to: { path: `${from}(${[...rooms.slice(place + 1), "-"].join("|")})/` },
    })),
    {
      name: `ground-${floor}`,
      comment: "A file beside the rooms imports none of them.",
      severity: "error",
      from: { path: `${from}[^/]+\\.ts$`, pathNot: noTest },
      to: { path: `${from}(${rooms.join("|")})/` },
    },
  ];
});

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    ...downward,
    {
      name: "floors-known",
      comment: "Every folder of lib is a floor in lib/floors.json.",
      severity: "error",
      from: {},
      to: {
        path: "^lib/[^/]+/",
        pathNot: `^lib/(${floors.map(({ floor }) => floor).join("|")}|testing|generated)/`,
      },
    },
    {
      name: "client-and-server-apart",
      comment: "Browser and server code share contracts, values, rules and permissions, and nothing else.",
      severity: "error",
      from: { path: "^lib/.+/client/", pathNot: noTest },
      to: { path: "^lib/.+/server/" },
    },
    {
      name: "server-and-client-apart",
      comment: "Browser and server code share contracts, values, rules and permissions, and nothing else.",
      severity: "error",
      from: { path: "^lib/.+/server/", pathNot: noTest },
      to: { path: "^lib/.+/client/|^lib/platform/client/" },
    },
    {
      name: "shared-with-neither",
      comment: "Contracts, rules and values run on both sides, so they import neither.",
      severity: "error",
      from: { path: `^${room}/[^/]+\\.ts$`, pathNot: `${noTest}|^lib/platform/(client|mail)/` },
      to: {
        path: "^lib/.+/(client|server)/|^lib/platform/client/",
        pathNot: "^lib/platform/http/server/services\\.ts$",
      },
    },
    {
      name: "no-circles",
      comment: "Merge modules that import each other, or move what both need into a third one.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "nothing-imports-app",
      comment: "Code that two routes share belongs in components or lib.",
      severity: "error",
      from: { pathNot: "^app/" },
      to: { path: "^app/" },
    },
    {
      name: "lib-without-components",
      comment: "lib runs without a user interface.",
      severity: "error",
      from: { path: "^lib/" },
      to: { path: "^components/" },
    },
    {
      name: "product-without-tools",
      comment: "Production code doesn't depend on scripts, tests or the seed.",
      severity: "error",
      from: { path: "^(app|components|lib)/" },
      to: { path: "^(scripts|e2e|prisma)/" },
    },
    {
      name: "pure-rules",
      comment:
        "Rules, permissions and time are functions of their arguments: no database, no Next, no clock, no environment.",
      severity: "error",
      from: { path: pure, pathNot: noTest },
      to: { path: impure },
    },
    {
      name: "pure-rules-do-nothing",
      comment: "Rules, permissions and time use no services, repositories or Node.js APIs.",
      severity: "error",
      from: { path: pure, pathNot: noTest },
      to: {
        path: "^(fs|net|http|https|child_process|os|process)(/|$)|/(service|[a-z-]*repository|serializer|queries)\\.ts$",
      },
    },
    {
      name: "contracts-travel-light",
      comment:
        "A contract also runs in the browser. It imports only zod, other contracts, and pure parts of lib/platform.",
      severity: "error",
      from: { path: `^${room}/[a-z-]*contract\\.ts$` },
      to: {
        pathNot: `^(${room}/([a-z-]*contract|values|permissions)\\.ts$|lib/platform/(http|time|locale|security)/[^/]+\\.ts$|lib/platform/ids\\.ts$|node_modules/(zod|zod-openapi)/)`,
      },
    },
    {
      name: "calls-without-schemas",
      comment:
        "Calls import contracts only as types, so that a page doesn't load schemas. Only forms load them.",
      severity: "error",
      from: { path: `^${room}/(values|client/.+)\\.ts$`, pathNot: noTest },
      to: {
        path: "[/-]contract\\.ts$|^lib/platform/http/(fields|operation|paths|text)\\.ts$|node_modules/zod/",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "contracts-without-a-server",
      comment: "A contract imports no server code, not even indirectly.",
      severity: "error",
      from: { path: `^${room}/[a-z-]*contract\\.ts$` },
      to: { path: impure, reachable: true },
    },
    {
      name: "own-repository-only",
      comment: "Use another room's service, not its repository.",
      severity: "error",
      from: { path: "^lib/([^/]+/[^/]+)/", pathNot: noTest },
      to: {
        path: `^${room}/server/[a-z-]*repository\\.ts$`,
        pathNot: "^lib/$1/server/[a-z-]*repository\\.ts$",
      },
    },
    {
      name: "database-in-repositories",
      comment: "Prisma and pg stay in repositories and lib/platform/database.",
      severity: "error",
      from: {
        path: "^(app|components|lib)/",
        pathNot: `/[a-z-]*repository\\.ts$|^lib/(platform/database|generated)/|${noTest}`,
      },
      to: {
        path: "^lib/generated/|node_modules/(pg|@prisma)/",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "one-list-of-routes",
      comment: "Only lib/routes.ts imports routes. Rooms use each other's services.",
      severity: "error",
      from: { path: "^(app|components|lib)/", pathNot: "^lib/routes\\.ts$" },
      to: { path: `^${room}/server/routes\\.ts$` },
    },
    {
      name: "routes-without-a-database",
      comment: "A route binds an operation to a service, and does not use the database.",
      severity: "error",
      from: { path: `^(app/|${room}/server/routes\\.ts$)` },
      to: { path: `^(lib/platform/database/|${room}/server/[a-z-]*repository\\.ts$)` },
    },
    {
      name: "components-without-a-server",
      comment: "Components run in the browser: contracts, rules and queries, never services or repositories.",
      severity: "error",
      from: { path: "^components/" },
      to: {
        path: "^lib/(.+/server/|generated/|platform/(database|mail)/|platform/logger\\.ts$|(env|services|routes|dispatch)\\.ts$)",
      },
    },
    {
      name: "ui-knows-no-domain",
      comment: "components/ui has no domain knowledge. It may use lib/platform/time and lib/platform/text.",
      severity: "error",
      from: { path: "^components/ui/" },
      to: { path: "^(lib/(?!platform/(time|text)/)|components/(?!ui/))" },
    },
    {
      name: "environment-in-one-place",
      comment: "Only the composition root reads the parsed environment.",
      severity: "error",
      from: { path: "^(app|components|lib)/", pathNot: `^lib/(services|env)\\.ts$|${noTest}` },
      to: { path: "^lib/env\\.ts$" },
    },
    {
      name: "no-test-code-in-the-product",
      comment: "Production code doesn't import tests or test data.",
      severity: "error",
      from: { path: "^(app|components|lib)/", pathNot: "\\.test\\.tsx?$|^lib/testing/" },
      to: { path: "^lib/testing/|\\.test\\.tsx?$" },
    },
    {
      name: "not-to-unresolvable",
      comment: "The other rules can't check an import that can't be resolved.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(\\.next|\\.data)/|^lib/generated/.*/internal/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      mainFields: ["module", "main", "types"],
    },
  },
};
