declare module "swagger-ui-dist/swagger-ui-es-bundle" {
  interface SwaggerOptions {
    url: string;
    domNode: HTMLElement;
    deepLinking?: boolean;
    docExpansion?: "list" | "full" | "none";
    defaultModelsExpandDepth?: number;
    validatorUrl?: string | null;
    persistAuthorization?: boolean;
  }
  export default function SwaggerUI(options: SwaggerOptions): unknown;
}
