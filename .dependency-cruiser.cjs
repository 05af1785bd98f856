// The direction of dependence, as docs/architecture.md tells it. scripts/testing/boundaries.test.ts plants violations
// and sees them reported.

const impure =
  "^(next|next-auth|react|react-dom|pg|pino|@prisma)(/|$)|node_modules/(next|next-auth|react|react-dom|pg|pino|@prisma)/|" +
  "^lib/(generated/|database/|(db|env|clock|logger|services)\\.ts$)";

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-circles",
      comment: "Two modules that need each other are one, or have a third one in common.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
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
      from: { path: "^lib/(time/|[^/]+/(rules|permissions)\\.ts$)", pathNot: "\\.test\\.ts$" },
      to: { path: impure },
    },
    {
      name: "pure-rules-do-nothing",
      comment: "Rules, permissions and time don't reach for services, repositories or the machine.",
      severity: "error",
      from: { path: "^lib/(time/|[^/]+/(rules|permissions)\\.ts$)", pathNot: "\\.test\\.ts$" },
      to: {
        path: "^(fs|net|http|https|child_process|os|process)(/|$)|/(service|repository|serializer|queries)\\.ts$",
      },
    },
    {
      name: "contracts-travel-light",
      comment: "A contract runs in the browser, too: zod, other contracts and what describes them.",
      severity: "error",
      from: { path: "^lib/[^/]+/contract\\.ts$" },
      to: {
        pathNot:
          "^(lib/[^/]+/(contract|values|permissions)\\.ts$|lib/(http|time|locale)/|lib/platform/ids\\.ts$|node_modules/(zod|zod-openapi)/)",
      },
    },
    {
      name: "calls-without-schemas",
      comment:
        "What a page asks of the API weighs its address: contracts are there for their types; forms bring the schemas along.",
      severity: "error",
      from: { path: "^lib/[^/]+/(queries|calls|values)\\.ts$" },
      to: {
        path: "/contract\\.ts$|^lib/http/(fields|operation|paths|text)\\.ts$|node_modules/zod/",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "contracts-without-a-server",
      comment: "Nothing that a contract needs may bring the server along.",
      severity: "error",
      from: { path: "^lib/[^/]+/contract\\.ts$" },
      to: { path: impure, reachable: true },
    },
    {
      name: "own-repository-only",
      comment: "Another feature's tables are reached through its service.",
      severity: "error",
      from: { path: "^lib/([^/]+)/", pathNot: "\\.test\\.ts$|^lib/testing/" },
      to: { path: "^lib/[^/]+/repository\\.ts$", pathNot: "^lib/$1/repository\\.ts$" },
    },
    {
      name: "database-in-repositories",
      comment: "Prisma and pg stay in repositories, lib/platform/database/db.ts and lib/database.",
      severity: "error",
      from: {
        path: "^(app|components|lib)/",
        pathNot: "/repository\\.ts$|^lib/platform/database/db\\.ts$|^lib/(database|testing|generated)/|\\.test\\.ts$",
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
      to: { path: "^lib/[^/]+/routes\\.ts$" },
    },
    {
      name: "routes-without-a-database",
      comment: "A route binds an operation to a service, and reads nothing by itself.",
      severity: "error",
      from: { path: "^(app/|lib/[^/]+/routes\\.ts$)" },
      to: { path: "^lib/(db\\.ts$|database/|[^/]+/repository\\.ts$)" },
    },
    {
      name: "components-without-a-server",
      comment: "Components run in the browser: contracts, rules and queries, never services or repositories.",
      severity: "error",
      from: { path: "^components/" },
      to: {
        path: "^lib/(.+/(service|repository)\\.ts$|generated/|database/|(db|env|services|logger)\\.ts$|storage/|security/)",
      },
    },
    {
      name: "ui-knows-no-domain",
      comment: "components/ui could ship in another product, with how times and texts are dealt with.",
      severity: "error",
      from: { path: "^components/ui/" },
      to: { path: "^(lib/(?!time/|text-folding\\.ts$)|components/(?!ui/))" },
    },
    {
      name: "environment-in-one-place",
      comment: "Settings come in through the composition root, parsed.",
      severity: "error",
      from: { path: "^(app|components|lib)/", pathNot: "^lib/(services|env)\\.ts$|\\.test\\.ts$" },
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
