import { invitationDraftSchema } from "@/lib/access/people/contract";

/** Somebody to invite, as a list of addresses names them. */
export interface Invitee {
  email: string;
  /** From `Name <address>`. */
  name?: string;
}

/** What a list of addresses says: who can be invited, and the parts that are no address. */
export interface AddressList {
  invitees: Invitee[];
  malformed: string[];
}

const { email: emailSchema } = invitationDraftSchema.shape;
const maxName = 255;

/** Direction marks and other characters that are not seen, as mail programs and web pages add them. */
const unseen = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** One part: quoted text and what is in angle brackets may hold separators. */
const parts = /(?:"[^"\n]*"|<[^<>\n]*>|[^,;\n،؛，；])+/g;

/**
 * Reads addresses as people paste them: separated by commas, semicolons, line breaks or spaces, alone or as
 * `Name <address>`. An address that comes twice is taken once, with its first name.
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

/** Puts `Schmidt, Anna <anna@example.com>` together again: a part without `@` before one in angle brackets is a name. */
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

/** The people of one part; a string is what can't be read. */
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
  // Some programs repeat the address as the name.
  if (plain === "" || plain.includes("@")) return { email: email.data };
  return { email: email.data, name: [...plain].slice(0, maxName).join("") };
}
