import { ApiError } from "@/lib/platform/http/errors";
import { answering } from "@/lib/platform/http/server/answering";
import type { Route } from "@/lib/platform/http/server/route";
import type { HttpServices } from "@/lib/platform/http/server/services";
import { pathOf } from "@/lib/platform/http/server/url";

export type Dispatch = (request: Request) => Promise<Response>;

/** The methods at one path. */
interface Endpoint<S> {
  byMethod: Map<string, Route<S>["handle"]>;
  /** Value of the `Allow` header. */
  allow: string;
  /** Parameter names in path order. */
  names: readonly string[];
}

/** A node of the tree of path segments. */
interface Node<S> {
  endpoint?: Endpoint<S>;
  children: Map<string, Node<S>>;
  /** The child for a parameter. */
  any?: Node<S>;
  /** The endpoint that takes this segment and the rest of the path. */
  rest?: Endpoint<S>;
}

interface Match<S> {
  endpoint: Endpoint<S>;
  params: Record<string, string>;
}

const noParams: Record<string, string> = Object.freeze(Object.create(null));

/**
 * Creates the function that dispatches requests to routes. Answers 404 for unknown paths, 405 for unsupported
 * methods, OPTIONS with `Allow`, and HEAD with the GET route. `prefixes` maps alternative path prefixes to
 * their originals. `services` is called per request, so that importing the routes opens no connections.
 */
export function createRouter<S extends HttpServices>(
  routes: readonly Route<S>[],
  services: () => S,
  prefixes: Readonly<Record<string, string>> = {},
): Dispatch {
  const fixed = new Map<string, Match<S>>();
  const root: Node<S> = { children: new Map() };
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
    if (!match) return nothing(request, services());
    const handle = match.endpoint.byMethod.get(request.method);
    if (handle) return handle(request, match.params, services());
    const { allow } = match.endpoint;
    return request.method === "OPTIONS"
      ? tell(request, allow, services())
      : refuse(request, allow, services());
  };
}

function endpointAt<S>(root: Node<S>, path: string): Endpoint<S> {
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

/**
 * Walks the tree by segments, literals first. No backtracking: no two paths differ only after a literal and a
 * parameter.
 */
function find<S>(root: Node<S>, path: string): Match<S> | undefined {
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

/** scripts/server/guard.mjs rejects paths that can't be decoded. */
const decoded = (part: string) => (part.includes("%") ? decodeURIComponent(part) : part);

function named(names: readonly string[], values: readonly string[]): Record<string, string> {
  const params: Record<string, string> = {};
  for (let at = 0; at < names.length; at++) params[names[at] as string] = values[at] as string;
  return params;
}

function nothing(request: Request, services: HttpServices): Promise<Response> {
  return answering(request, "notFound", services, async () => {
    throw new ApiError(
      "NotFound",
      "There is no resource at this path. GET /api/openapi.json lists all paths.",
    );
  });
}

function refuse(request: Request, allow: string, services: HttpServices): Promise<Response> {
  return answering(request, "methodNotAllowed", services, async () => {
    throw new ApiError("MethodNotAllowed", `This path doesn't support the method. Use ${allow}.`, {
      headers: { Allow: allow },
    });
  });
}

function tell(request: Request, allow: string, services: HttpServices): Promise<Response> {
  return answering(request, "options", services, async () => ({
    status: 204,
    headers: { Allow: allow },
    body: null,
  }));
}
