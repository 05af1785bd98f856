import { z } from "zod";
import { anyone, operation } from "@/lib/platform/http/operation";

export const getOpenApi = operation({
  id: "getOpenApi",
  method: "GET",
  path: "/api/openapi.json",
  tag: "Operation",
  summary: "This document",
  access: anyone,
  params: z.object({}),
  success: { status: 200, description: "OpenAPI 3.1.", body: z.looseObject({ openapi: z.string() }) },
  errors: [],
});
