import { z } from "zod";
import { anyone, operation, response } from "@/lib/platform/http/operation";

export const getOpenApi = operation({
  id: "getOpenApi",
  method: "GET",
  path: "/api/openapi.json",
  tag: "Operation",
  summary: "This document",
  access: anyone,
  params: z.object({}),
  success: response.ok("OpenAPI 3.1.", z.looseObject({ openapi: z.string() })),
});
