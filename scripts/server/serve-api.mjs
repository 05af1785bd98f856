// Serves the API without pages.
import { serve } from "./process.mjs";

await serve(async () => {
  const { openApi } = await import("../../.next-api/api-server.mjs");
  return openApi();
});
