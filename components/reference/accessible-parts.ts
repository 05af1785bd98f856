import type { SwaggerPlugin } from "swagger-ui-dist/swagger-ui-es-bundle";

/** Parts in the place of those of Swagger UI that keep somebody out. */
export const accessibleParts: SwaggerPlugin = {
  wrapComponents: {
    // Theirs is a link within the button that opens the operation; the address follows the button just the same.
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
          // A long path may break before each of its parts.
          ...operationProps
            .get("path")
            .split(/(?=\/)/)
            .flatMap((part, index) =>
              index > 0 ? [React.createElement("wbr", { key: index }), part] : [part],
            ),
        ),
    // The groups of operations are headings of the third level, and theirs has none of the second above them.
    operations:
      (Original, { React }) =>
      (props) =>
        React.createElement(
          "div",
          null,
          React.createElement("h2", { className: "sr-only" }, "Operations"),
          React.createElement(Original, props),
        ),
    // What the document is stands outside of every landmark.
    InfoContainer:
      (Original, { React }) =>
      (props) =>
        React.createElement(
          "section",
          { "aria-label": "About this API" },
          React.createElement(Original, props),
        ),
    // There is one server, this one, and nothing to choose; the choice has no name.
    ServersContainer: () => () => null,
  },
};
