import type { SwaggerPlugin } from "swagger-ui-dist/swagger-ui-es-bundle";

/** Replacements for parts of Swagger UI that are not accessible. */
export const accessibleParts: SwaggerPlugin = {
  wrapComponents: {
    // The original is a link nested in the button that opens the operation. The button also updates the URL.
    OperationSummaryPath:
      (_, { React }) =>
      ({ operationProps }) =>
        React.createElement(
          "span",
          {
            className: operationProps.get("deprecated")
              ? "opblock-summary-path__deprecated"
              : "opblock-summary-path",
          },
          // Lets a long path wrap before each segment.
          ...operationProps
            .get("path")
            .split(/(?=\/)/)
            .flatMap((part, index) =>
              index > 0 ? [React.createElement("wbr", { key: index }), part] : [part],
            ),
        ),
    // The groups of operations are level-3 headings. The original has no level-2 heading above them.
    operations:
      (Original, { React }) =>
      (props) =>
        React.createElement(
          "div",
          null,
          React.createElement("h2", { className: "sr-only" }, "Operations"),
          React.createElement(Original, props),
        ),
    // The original title block is outside all landmarks.
    InfoContainer:
      (Original, { React }) =>
      (props) =>
        React.createElement(
          "section",
          { "aria-label": "About this API" },
          React.createElement(Original, props),
        ),
    // There is only one server, and the original select has no accessible name.
    ServersContainer: () => () => null,
  },
};
