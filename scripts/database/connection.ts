import pg from "pg";
import { codeOf, messageOf, Problem } from "../problem";

/** A parsed connection string. Prisma's shadow database needs the separate values. */
export interface Connection {
  host: string;
  port: number;
  user: string | undefined;
  password: string | undefined;
  database: string;
  ssl: pg.ClientConfig["ssl"];
}

/**
 * Parses a connection string like the driver does (defaults, `sslmode`, PG… variables). Throws `Problem`
 * unless it looks like `postgresql://user:password@host:port/database`.
 */
export function parseDatabaseUrl(url: string, setting = "DATABASE_URL"): Connection {
  const form = "It must look like postgresql://user:password@host:5432/database";
  let protocol: string;
  let name: string;
  try {
    const parsed = new URL(url);
    protocol = parsed.protocol;
    name = decodeURIComponent(parsed.pathname.slice(1));
  } catch {
    throw new Problem(
      `${setting} is not a valid address. ${form} (write special characters in the password as %XX).`,
    );
  }
  if (protocol !== "postgresql:" && protocol !== "postgres:") {
    throw new Problem(`${setting} starts with "${protocol.slice(0, -1)}". ${form}.`);
  }
  if (name === "") throw new Problem(`${setting} has no database name. ${form}.`);
  let client: pg.Client;
  try {
    client = new pg.Client({ connectionString: url });
  } catch (error) {
    throw new Problem(`${setting} is not a valid address (${messageOf(error)}). ${form}.`);
  }
  return {
    host: client.host,
    port: client.port,
    user: client.user,
    password: client.password ?? undefined,
    database: name,
    ssl: client.ssl,
  };
}

export function withDatabase(url: string, database: string): string {
  const parsed = new URL(url);
  parsed.pathname = `/${encodeURIComponent(database)}`;
  return parsed.toString();
}

/**
 * Connects to a database. Throws `Problem` with host and port, never the password. The caller ends the
 * client.
 */
export async function connect(url: string): Promise<pg.Client> {
  const to = parseDatabaseUrl(url);
  const client = new pg.Client({
    ...to,
    connectionTimeoutMillis: 10_000,
    application_name: "rollcall-scripts",
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw explain(error, to);
  }
}

function explain(error: unknown, to: Connection): Problem {
  const place = to.host.startsWith("/") ? to.host : `${to.host}:${to.port}`;
  const what = `The database at ${place}`;
  switch (codeOf(error)) {
    case "ECONNREFUSED":
    case "ENOENT":
      return new Problem(
        `${what} can't be reached: nothing listens there. Check that PostgreSQL is running and that the address is right.`,
      );
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return new Problem(`${what} can't be reached: the host name is unknown. Check the address.`);
    case "28P01":
    case "28000":
      return new Problem(
        `${what} rejects user "${to.user}" (${messageOf(error)}). Check the user name and password.`,
      );
    case "3D000":
      return new Problem(
        `${what} has no database "${to.database}". Create it first (createdb ${to.database}).`,
      );
    case "53300":
      return new Problem(
        `${what} has no free connections (${messageOf(error)}). Raise max_connections, or lower DATABASE_POOL or WORKERS.`,
      );
    default:
      return new Problem(`${what} can't be reached: ${messageOf(error)}. Check the address.`);
  }
}
