import { invitationDraftSchema } from "@/lib/access/people/contract";

/** A person to invite. */
export interface Invitee {
  email: string;
  /** From `Name <address>`. */
  name?: string;
}

/** The result of parsing a list: people to invite, and parts that are not an email. */
export interface AddressList {
  invitees: Invitee[];
  malformed: string[];
}

const { email: emailSchema } = invitationDraftSchema.shape;
const maxName = 255;

/** Invisible characters, such as direction marks, which mail programs and web pages add. */
const unseen = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** One part of a list. Quotes and angle brackets may contain separators. */
const parts = /(?:"[^"\n]*"|<[^<>\n]*>|[^,;\n،؛，；])+/g;

/**
 * Parses pasted email addresses: separated by commas, semicolons, line breaks or spaces, plain or as `Name
 * <address>`. Keeps the first of duplicates.
 */
export function readAddresses(text: string): AddressList {
  const found = new Map<string, Invitee>();
  const malformed = new Set<string>();
  for (const part of joinNames(text.replace(unseen, "").replace(/\r\n?/g, "\n").match(parts) ?? []))
    for (const each of readPart(part))
      if (typeof each === "string") malformed.add(each);
      else if (!found.has(each.email.toLowerCase())) found.set(each.email.toLowerCase(), each);
  return { invitees: [...found.values()], malformed: [...malformed] };
}

/**
 * Rejoins `Schmidt, Anna <anna@example.com>`: a part without `@` before one in angle brackets is part of the
 * name.
 */
function joinNames(found: readonly string[]): string[] {
  const joined: string[] = [];
  let waiting = "";
  for (const part of found.map((each) => each.trim()).filter((each) => each !== "")) {
    if (waiting && /^[^<@]+<[^<>]*>$/.test(part)) joined.push(`${waiting}, ${part}`);
    else joined.push(...(waiting ? [waiting] : []), ...(part.includes("@") ? [part] : []));
    waiting = part.includes("@") ? "" : part;
  }
  return waiting ? [...joined, waiting] : joined;
}

/** Parses one part; strings are invalid. */
function readPart(part: string): (Invitee | string)[] {
  const bracketed = /^(.*?)<([^<>]*)>$/s.exec(part);
  if (bracketed) return [invitee(bracketed[2] ?? "", bracketed[1] ?? "", part)];
  const words = part.split(/\s+/);
  const addresses = words.filter((word) => word.includes("@"));
  if (addresses.length === words.length) return words.map((word) => invitee(word, "", word));
  const [address] = addresses;
  if (addresses.length === 1 && address && words.at(-1) === address)
    return [invitee(address, words.slice(0, -1).join(" "), part)];
  return [part];
}

function invitee(address: string, name: string, whole: string): Invitee | string {
  const email = emailSchema.safeParse(address.trim().replace(/^mailto:/i, ""));
  if (!email.success) return whole;
  const plain = name.replace(/["\s]+/g, " ").trim();
  // Some programs repeat the email as the name.
  if (plain === "" || plain.includes("@")) return { email: email.data };
  return { email: email.data, name: [...plain].slice(0, maxName).join("") };
}
