import type { AddressList, Invitee } from "@/lib/access/people/addresses";
import type { InvitedUser } from "@/lib/access/people/contract";
import { RequestError } from "@/lib/platform/client/client";

/** The result for one address. */
export type Outcome =
  | { kind: "invited"; email: string; person: InvitedUser }
  /** Invited, but creating the agent failed. */
  | { kind: "noAgent"; email: string; person: InvitedUser; error: unknown }
  | { kind: "here"; email: string }
  | { kind: "malformed"; email: string }
  | { kind: "failed"; email: string; name?: string; error: unknown };

interface Steps {
  invite: (invitee: Invitee) => Promise<InvitedUser>;
  /** Omit to create no agents. */
  makeAgent?: ((person: InvitedUser) => Promise<unknown>) | undefined;
}

/**
 * Invites people one by one and creates their agents. Continues after an error unless it affects all
 * requests. `before` holds the results of an earlier attempt: people who are already invited only get their
 * agent.
 */
export async function inviteAll(
  { invitees, malformed }: AddressList,
  { invite, makeAgent }: Steps,
  before: readonly Outcome[] = [],
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let stop: { error: unknown } | undefined;
  for (const { email, name } of invitees) {
    const failed = (error: unknown) =>
      outcomes.push({ kind: "failed", email, ...(name === undefined ? {} : { name }), error });
    const earlier = before.find((each) => each.email.toLowerCase() === email.toLowerCase());
    let person = earlier && "person" in earlier ? earlier.person : undefined;
    try {
      if (stop && !person) throw stop.error;
      person ??= await invite({ email, ...(name === undefined ? {} : { name }) });
    } catch (error) {
      if (isHere(error)) outcomes.push({ kind: "here", email });
      else failed(error);
      if (concernsAll(error)) stop = { error };
      continue;
    }
    try {
      if (earlier?.kind !== "invited") {
        if (stop && makeAgent) throw stop.error;
        await makeAgent?.(person);
      }
      outcomes.push({ kind: "invited", email, person });
    } catch (error) {
      outcomes.push({ kind: "noAgent", email, person, error });
      if (concernsAll(error)) stop = { error };
    }
  }
  return [...outcomes, ...malformed.map((email) => ({ kind: "malformed" as const, email }))];
}

/** Returns the addresses to retry, as text for the form. */
export function unfinished(outcomes: readonly Outcome[]): string {
  return outcomes
    .filter(({ kind }) => kind === "failed" || kind === "malformed" || kind === "noAgent")
    .map((each) => (each.kind === "failed" && each.name ? `"${each.name}" <${each.email}>` : each.email))
    .join("\n");
}

/** The person is already a member. The form has already validated the email. */
function isHere(error: unknown): boolean {
  return error instanceof RequestError && error.status === 422 && error.details.email !== undefined;
}

/** Network errors, rate limits and server errors: further requests would fail, too. */
function concernsAll(error: unknown): boolean {
  return (
    !(error instanceof RequestError) || error.status === 0 || error.status === 429 || error.status >= 500
  );
}
