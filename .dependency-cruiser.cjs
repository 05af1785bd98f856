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
      comment: "Every room stands in lib/floors.json.",
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
      comment: "A file beside the rooms is for all of them, and needs none.",
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
      comment: "What runs in the browser and what runs on the server meet in the contract alone.",
      severity: "error",
      from: { path: "^lib/.+/client/", pathNot: noTest },
      to: { path: "^lib/.+/server/" },
    },
    {
      name: "server-and-client-apart",
      comment: "What runs in the browser and what runs on the server meet in the contract alone.",
      severity: "error",
      from: { path: "^lib/.+/server/", pathNot: noTest },
      to: { path: "^lib/.+/client/|^lib/platform/client/" },
    },
    {
      name: "shared-with-neither",
      comment: "A contract, rules and values run on both sides, so they need neither.",
      severity: "error",
      from: { path: `^${room}/[^/]+\\.ts$`, pathNot: `${noTest}|^lib/platform/(client|mail)/` },
      to: {
        path: "^lib/.+/(client|server)/|^lib/platform/client/",
        pathNot: "^lib/platform/http/server/services\\.ts$",
      },
    },
    {
      name: "no-circles",
      comment: "Two modules that need each other are one, or have a third one in common.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "nothing-imports-app",
      comment: "Routes are where everything ends: what two of them share belongs into components or lib.",
      severity: "error",
      from: { pathNot: "^app/" },
      to: { path: "^app/" },
    },
    {
      name: "lib-without-components",
      comment: "lib runs without a screen.",
      severity: "error",
      from: { path: "^lib/" },
      to: { path: "^components/" },
    },
    {
      name: "product-without-tools",
      comment: "What is served doesn't depend on the scripts, the tests or the seed.",
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
      comment: "Rules, permissions and time don't reach for services, repositories or the machine.",
      severity: "error",
      from: { path: pure, pathNot: noTest },
      to: {
        path: "^(fs|net|http|https|child_process|os|process)(/|$)|/(service|[a-z-]*repository|serializer|queries)\\.ts$",
      },
    },
    {
      name: "contracts-travel-light",
      comment: "A contract runs in the browser, too: zod, other contracts and what describes them.",
      severity: "error",
      from: { path: `^${room}/contract\\.ts$` },
      to: {
        pathNot: `^(${room}/(contract|values|permissions)\\.ts$|lib/platform/(http|time|locale|security)/[^/]+\\.ts$|lib/platform/ids\\.ts$|node_modules/(zod|zod-openapi)/)`,
      },
    },
    {
      name: "calls-without-schemas",
      comment:
        "What a page asks of the API weighs its address: contracts are there for their types; forms bring the schemas along.",
      severity: "error",
      from: { path: `^${room}/(values|client/.+)\\.ts$`, pathNot: noTest },
      to: {
        path: "/contract\\.ts$|^lib/platform/http/(fields|operation|paths|text)\\.ts$|node_modules/zod/",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "contracts-without-a-server",
      comment: "Nothing that a contract needs may bring the server along.",
      severity: "error",
      from: { path: `^${room}/contract\\.ts$` },
      to: { path: impure, reachable: true },
    },
    {
      name: "own-repository-only",
      comment: "Another feature's tables are reached through its service.",
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
      comment:
        "What is bound is mounted through lib/routes.ts alone; no feature asks another one by its routes.",
      severity: "error",
      from: { path: "^(app|components|lib)/", pathNot: "^lib/routes\\.ts$" },
      to: { path: `^${room}/server/routes\\.ts$` },
    },
    {
      name: "routes-without-a-database",
      comment: "A route binds an operation to a service, and reads nothing by itself.",
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
        path: "^lib/(.+/server/|generated/|platform/(database|mail)/|platform/logger\\.ts$|(env|services|routes)\\.ts$)",
      },
    },
    {
      name: "ui-knows-no-domain",
      comment: "components/ui could ship in another product, with how times and texts are dealt with.",
      severity: "error",
      from: { path: "^components/ui/" },
      to: { path: "^(lib/(?!platform/(time|text)/)|components/(?!ui/))" },
    },
    {
      name: "environment-in-one-place",
      comment: "Settings come in through the composition root, parsed.",
      severity: "error",
      from: { path: "^(app|components|lib)/", pathNot: `^lib/(services|env)\\.ts$|${noTest}` },
      to: { path: "^lib/env\\.ts$" },
    },
    {
      name: "no-test-code-in-the-product",
      comment: "Factories and tests are never part of what is served.",
      severity: "error",
      from: { path: "^(app|components|lib)/", pathNot: "\\.test\\.tsx?$|^lib/testing/" },
      to: { path: "^lib/testing/|\\.test\\.tsx?$" },
    },
    {
      name: "not-to-unresolvable",
      comment: "An import that leads nowhere is not checked by any other rule.",
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
