declare module "swagger-ui-dist/swagger-ui-es-bundle" {
  import type { ComponentType, createElement } from "react";

  /** Props that Swagger UI passes to a replacement component. Its React is a separate copy. */
  export interface SwaggerSystem {
    React: { createElement: typeof createElement };
  }
  /** Returns a replacement for one of Swagger UI's components. */
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
    /** Called after the first render. */
    onComplete?: () => void;
  }
  export default function SwaggerUI(options: SwaggerOptions): unknown;
}
