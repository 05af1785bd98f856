"use client";

import Link from "next/link";
import { useEffect, useRef, useState } from "react";
import { accessibleParts } from "./accessible-parts";
import "./api-reference.css";

/**
 * The interactive API reference: Swagger UI with this server's OpenAPI document. Loads nothing from other
 * hosts.
 */
export function ApiReference() {
  const place = useRef<HTMLDivElement>(null);
  const [isDrawn, setDrawn] = useState(false);

  useEffect(() => {
    let left = false;
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    const { classList, dataset } = document.documentElement;
    // The class for Swagger UI's dark styles. The theme chosen in the product takes precedence over the
    // system's.
    const follow = () =>
      classList.toggle("dark-mode", dataset.theme ? dataset.theme === "dark" : dark.matches);
    follow();
    dark.addEventListener("change", follow);
    void import("swagger-ui-dist/swagger-ui-es-bundle").then(({ default: SwaggerUI }) => {
      if (left || !place.current) return;
      SwaggerUI({
        url: "/api/openapi.json",
        domNode: place.current,
        deepLinking: true,
        // Groups are closed at first. From 150 rows on, Swagger UI renders only those in view, and measures them while
        // they are hidden: the page would open at its end.
        docExpansion: "none",
        defaultModelsExpandDepth: 0,
        // The badge would send the document to an external validator.
        validatorUrl: null,
        persistAuthorization: true,
        plugins: [accessibleParts],
        onComplete: () => setDrawn(true),
      });
    });
    return () => {
      left = true;
      dark.removeEventListener("change", follow);
      classList.remove("dark-mode");
    };
  }, []);

  return (
    // Swagger UI renders the main landmark; until it does, the loading message is the landmark.
    <div className="api-reference">
      <nav aria-label="Rollcall" className="api-reference-home">
        <Link href="/" className="text-accent text-sm hover:underline">
          Back to Rollcall
        </Link>
      </nav>
      {!isDrawn && (
        <main className="api-reference-wait">
          <h1 className="font-semibold text-2xl tracking-tight">Rollcall API</h1>
          <p role="status" className="mt-2 text-muted">
            Loading the reference…
          </p>
          <p className="mt-2">
            <a href="/api/openapi.json" className="text-accent text-sm hover:underline">
              OpenAPI document (JSON)
            </a>
          </p>
        </main>
      )}
      <div ref={place} hidden={!isDrawn} />
    </div>
  );
}
