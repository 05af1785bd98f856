import { ApiError } from "@/lib/platform/http/errors";
import { answering } from "@/lib/platform/http/server/answering";
import type { Route } from "@/lib/platform/http/server/route";
import { pathOf } from "@/lib/platform/http/server/url";

/** Takes a request to whatever answers it. */
export type Dispatch = (request: Request) => Promise<Response>;

/** What there is at one path. */
interface Endpoint {
  byMethod: Map<string, Route["handle"]>;
  /** The value of `Allow`. */
  allow: string;
  /** Names of the parameters in the order of the path. */
  names: readonly string[];
}

/** One part of the paths: what may come next, and what there is when nothing does. */
interface Node {
  endpoint?: Endpoint;
  children: Map<string, Node>;
  /** The child that takes any part. */
  any?: Node;
  /** What takes this part and all that follow. */
  rest?: Endpoint;
}

interface Match {
  endpoint: Endpoint;
  params: Record<string, string>;
}

const noParams: Record<string, string> = Object.freeze(Object.create(null));

/**
 * Brings routes together into one function: finds the path's endpoint, and there the method's route. A path without one
 * is 404; a method without one 405, and OPTIONS says which there are; HEAD is GET, whose body the server leaves out. `prefixes`
 * are other beginnings of paths, each with what it stands for.
 */
export function createRouter(
  routes: readonly Route[],
  prefixes: Readonly<Record<string, string>> = {},
): Dispatch {
  const fixed = new Map<string, Match>();
  const root: Node = { children: new Map() };
  for (const each of routes) {
    const endpoint = endpointAt(root, each.path);
    if (endpoint.byMethod.has(each.method)) throw new Error(`two routes for ${each.method} ${each.path}`);
    endpoint.byMethod.set(each.method, each.handle);
    if (each.method === "GET") endpoint.byMethod.set("HEAD", each.handle);
    endpoint.allow = [...endpoint.byMethod.keys()].join(", ");
    if (endpoint.names.length === 0) fixed.set(each.path, { endpoint, params: noParams });
  }
  const others = Object.entries(prefixes);

  return (request) => {
    let path = pathOf(request.url);
    let match = fixed.get(path);
    if (!match) {
      for (const [prefix, meant] of others)
        if (path === prefix || path.startsWith(`${prefix}/`)) path = meant + path.slice(prefix.length);
      match = find(root, path);
    }
    if (!match) return nothing(request);
    const handle = match.endpoint.byMethod.get(request.method);
    if (handle) return handle(request, match.params);
    return request.method === "OPTIONS" ? tell(request, match.endpoint) : refuse(request, match.endpoint);
  };
}

function endpointAt(root: Node, path: string): Endpoint {
  const names: string[] = [];
  let node = root;
  for (const part of path.slice(1).split("/")) {
    const [, name, rest] = /^\{(\w+)(\*?)\}$/.exec(part) ?? [];
    if (name !== undefined) names.push(name);
    if (rest) {
      node.rest ??= { byMethod: new Map(), allow: "", names };
      return node.rest;
    }
    let next = name === undefined ? node.children.get(part) : node.any;
    if (!next) {
      next = { children: new Map() };
      if (name === undefined) node.children.set(part, next);
      else node.any = next;
    }
    node = next;
  }
  node.endpoint ??= { byMethod: new Map(), allow: "", names };
  return node.endpoint;
}

/** Walks down part by part; a fixed part goes before a parameter. No two paths here differ later than that. */
function find(root: Node, path: string): Match | undefined {
  const values: string[] = [];
  let node = root;
  let start = 1;
  while (start <= path.length) {
    let end = path.indexOf("/", start);
    if (end === -1) end = path.length;
    const part = path.slice(start, end);
    const next = node.children.get(part) ?? (part === "" ? undefined : node.any);
    if (!next) {
      if (!node.rest || part === "") return undefined;
      values.push(decoded(path.slice(start)));
      return { endpoint: node.rest, params: named(node.rest.names, values) };
    }
    if (next === node.any) values.push(decoded(part));
    node = next;
    start = end + 1;
  }
  return node.endpoint && { endpoint: node.endpoint, params: named(node.endpoint.names, values) };
}

/** What stands before the routes refuses a path that can't be decoded (scripts/server/guard.mjs). */
const decoded = (part: string) => (part.includes("%") ? decodeURIComponent(part) : part);

function named(names: readonly string[], values: readonly string[]): Record<string, string> {
  const params: Record<string, string> = {};
  for (let at = 0; at < names.length; at++) params[names[at] as string] = values[at] as string;
  return params;
}

function nothing(request: Request): Promise<Response> {
  return answering(request, "notFound", async () => {
    throw new ApiError("NotFound", "Nothing is at this path; GET /api/openapi.json lists all there is.");
  });
}

function refuse(request: Request, { allow }: Endpoint): Promise<Response> {
  return answering(request, "methodNotAllowed", async () => {
    throw new ApiError("MethodNotAllowed", `Use ${allow} here.`, { headers: { Allow: allow } });
  });
}

function tell(request: Request, { allow }: Endpoint): Promise<Response> {
  return answering(request, "options", async () => ({ status: 204, headers: { Allow: allow }, body: null }));
}
