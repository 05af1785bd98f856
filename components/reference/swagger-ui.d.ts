declare module "swagger-ui-dist/swagger-ui-es-bundle" {
  import type { ComponentType, createElement } from "react";

  /** What Swagger UI hands to a part that stands in for one of its own; its React is not the page's. */
  export interface SwaggerSystem {
    React: { createElement: typeof createElement };
  }
  /** Makes a part out of the one that Swagger UI has. */
  export type WrapComponent<Props> = (
    original: ComponentType<Props>,
    system: SwaggerSystem,
  ) => ComponentType<Props>;

  export interface OperationSummaryPathProps {
    operationProps: { get(name: "path"): string; get(name: "deprecated"): boolean | undefined };
  }

  export interface SwaggerPlugin {
    wrapComponents: {
      OperationSummaryPath: WrapComponent<OperationSummaryPathProps>;
      operations: WrapComponent<object>;
      InfoContainer: WrapComponent<object>;
      ServersContainer: WrapComponent<object>;
    };
  }

  interface SwaggerOptions {
    url: string;
    domNode: HTMLElement;
    deepLinking?: boolean;
    docExpansion?: "list" | "full" | "none";
    defaultModelsExpandDepth?: number;
    validatorUrl?: string | null;
    persistAuthorization?: boolean;
    plugins?: SwaggerPlugin[];
    /** Called once all of it is drawn. */
    onComplete?: () => void;
  }
  export default function SwaggerUI(options: SwaggerOptions): unknown;
}
