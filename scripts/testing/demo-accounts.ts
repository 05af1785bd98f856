/** Email addresses of the demo data's people who can sign in, by role. */
export const demoEmails = {
  supervisor: "supervisor@northwind.example",
  agent: "agent@northwind.example",
  viewer: "viewer@northwind.example",
  otherSupervisor: "supervisor@globex.example",
} as const;

/** The demo user who signs in. */
export type DemoRole = keyof typeof demoEmails;
