"use client";

import Link from "next/link";
import { useEffect, useRef } from "react";
import { accessibleParts } from "./accessible-parts";
import "./api-reference.css";

/** The interactive reference, drawn by Swagger UI from this server's own document. Nothing comes from elsewhere. */
export function ApiReference() {
  const place = useRef<HTMLDivElement>(null);

  useEffect(() => {
    let left = false;
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    const { classList, dataset } = document.documentElement;
    // The class that Swagger UI's own stylesheet looks for. What somebody has chosen here wins.
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
        docExpansion: "list",
        defaultModelsExpandDepth: 0,
        // The badge would ask a validator on the internet.
        validatorUrl: null,
        persistAuthorization: true,
        plugins: [accessibleParts],
      });
    });
    return () => {
      left = true;
      dark.removeEventListener("change", follow);
      classList.remove("dark-mode");
    };
  }, []);

  return (
    // The landmark of the main content comes with Swagger UI.
    <div className="api-reference">
      <nav aria-label="Rollcall" className="api-reference-home">
        <Link href="/" className="text-accent text-sm hover:underline">
          Back to Rollcall
        </Link>
      </nav>
      <div ref={place} />
    </div>
  );
}
