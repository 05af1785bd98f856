/** The people of the demo data who can sign in: three of Northwind by what they may do there, and Globex's supervisor. */
export const demoEmails = {
  supervisor: "supervisor@northwind.example",
  agent: "agent@northwind.example",
  viewer: "viewer@northwind.example",
  otherSupervisor: "supervisor@globex.example",
} as const;

/** Who of the demo data signs in. */
export type DemoRole = keyof typeof demoEmails;
