import { parseArgs } from "node:util";
import { Lifetime } from "../lifetime";
import { Problem } from "../problem";
import { openProduct } from "../product";

const usage =
  'Usage: npm run workspace:create -- --name "Acme" --email supervisor@acme.example [--slug acme] [--timezone Europe/Berlin]';

/** Parses the command's arguments. Throws `Problem` with the usage. */
export function readRequest(words: string[]): {
  name: string;
  slug: string;
  timezone: string;
  email: string;
} {
  const text = { type: "string" } as const;
  let values: Partial<Record<"name" | "email" | "slug" | "timezone", string>>;
  try {
    ({ values } = parseArgs({
      args: words,
      options: { name: text, email: text, slug: text, timezone: text },
    }));
  } catch {
    throw new Problem(usage);
  }
  const name = values.name?.trim() ?? "";
  const email = values.email?.trim() ?? "";
  if (name === "" || email === "") throw new Problem(usage);
  const slug =
    values.slug ??
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "");
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug))
    throw new Problem(
      "The slug can have only lowercase letters, digits and single hyphens. Add --slug acme.",
    );
  return { name, slug, timezone: values.timezone ?? "UTC", email };
}

/** `npm run workspace:create`: creates a workspace and a link for its first supervisor. */
export async function createWorkspace(words: string[]): Promise<void> {
  const { email, ...draft } = readRequest(words);
  await Lifetime.of(async (lifetime) => {
    const { auth, clock, people, workspaces } = await openProduct(lifetime);
    const [{ nameSchema }, { isTimeZone }, { managedRoles }, { invitationDraftSchema }] = await Promise.all([
      import("@/lib/platform/http/fields"),
      import("@/lib/platform/time/zone"),
      import("@/lib/access/roles/rules"),
      import("@/lib/access/people/contract"),
    ]);
    const named = nameSchema.safeParse(draft.name);
    if (!named.success) throw new Problem(`The name "${draft.name}" ${named.error.issues[0]?.message}`);
    if (!isTimeZone(draft.timezone))
      throw new Problem(`"${draft.timezone}" is not an IANA time zone. Use a name such as Europe/Berlin.`);
    const [supervisor] = managedRoles;
    if (!supervisor) throw new Error("there is no role for supervisors");
    const invitation = invitationDraftSchema.safeParse({ email, roleIds: [supervisor.id] });
    if (!invitation.success)
      throw new Problem(`The address "${email}" ${invitation.error.issues[0]?.message}`);
    const workspace = await workspaces.create(draft, clock.now());
    if (!workspace)
      throw new Problem(`A workspace with the slug "${draft.slug}" already exists. Choose another --slug.`);
    const invited = await people.invite(auth.operator(workspace.id), invitation.data, clock.now());
    console.log(
      `Created ${workspace.name} (${workspace.id}). Its first supervisor joins with this link, which expires after 7 days:`,
    );
    console.log(invited.data.inviteUrl);
  });
}
