"use client";

import { useEffect, useRef } from "react";
import "swagger-ui-dist/swagger-ui.css";
import "./api-reference.css";

/** The interactive reference, drawn by Swagger UI from this server's own document. Nothing comes from elsewhere. */
export function ApiReference() {
  const place = useRef<HTMLDivElement>(null);

  useEffect(() => {
    let left = false;
    void import("swagger-ui-dist/swagger-ui-es-bundle").then(({ default: SwaggerUI }) => {
      if (left || !place.current) return;
      SwaggerUI({
        url: "/api/openapi.json",
        domNode: place.current,
        deepLinking: true,
        docExpansion: "list",
        defaultModelsExpandDepth: 0,
        // The badge would ask a validator on the internet.
        validatorUrl: null,
        persistAuthorization: true,
      });
    });
    return () => {
      left = true;
    };
  }, []);

  return (
    <main className="api-reference">
      <h1 className="sr-only">API reference</h1>
      <div ref={place} />
    </main>
  );
}
