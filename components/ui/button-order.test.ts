import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

/** Looks of the primary button of a dialog, panel or bar. */
const mainLooks = /^(primary|danger)$/;

type Element = ts.JsxElement | ts.JsxSelfClosingElement;

const isElement = (node: ts.Node): node is Element =>
  ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node);

/**
 * Returns the possible values of an attribute: its text, or both branches of a conditional. Undefined if
 * there is no such attribute.
 */
function textsOf(element: Element, name: string): string[] | undefined {
  const { attributes } = ts.isJsxElement(element) ? element.openingElement : element;
  const found = attributes.properties.find((each) => each.name?.getText() === name);
  return found && [...found.getText().matchAll(/"([^"]*)"/g)].map(([, text = ""]) => text);
}

/** Classifies an element as a primary or another text button; undefined if it is neither. */
function buttonKind(element: Element): "main" | "other" | undefined {
  const tag = (ts.isJsxElement(element) ? element.openingElement : element).tagName.getText();
  const isLink = (tag === "a" || tag === "Link") && textsOf(element, "className") !== undefined;
  if (tag !== "Button" && !(isLink && /buttonClasses\(/.test(element.getText()))) return undefined;
  const looks = textsOf(element, isLink ? "className" : "look") ?? [];
  return looks.some((look) => mainLooks.test(look)) ? "main" : "other";
}

/** Returns the buttons among the children of an element in source order, including conditional ones. */
function buttonsIn(children: readonly ts.Node[]): { kind: "main" | "other"; text: string }[] {
  return children.flatMap((child) => {
    if (ts.isJsxExpression(child) || ts.isParenthesizedExpression(child))
      return child.expression ? buttonsIn([child.expression]) : [];
    if (ts.isBinaryExpression(child)) return buttonsIn([child.right]);
    // Only one branch renders. Buttons inside a branch are checked when that branch is visited.
    if (ts.isConditionalExpression(child)) return [];
    if (ts.isJsxFragment(child)) return buttonsIn(child.children);
    if (!isElement(child)) return [];
    const kind = buttonKind(child);
    return kind ? [{ kind, text: child.getText() }] : [];
  });
}

/** Returns the button groups of a source file whose primary button is not last. */
function misplaced(source: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isJsxElement(node) || ts.isJsxFragment(node)) {
      const buttons = buttonsIn(node.children);
      if (buttons.slice(0, -1).some(({ kind }) => kind === "main"))
        found.push(buttons.map(({ text }) => text.replace(/\s+/g, " ")).join(" | "));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("x.tsx", source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
  return found;
}

describe("the order of buttons", () => {
  const files = ["app", "components"]
    .flatMap((folder) => readdirSync(folder, { recursive: true }).map((file) => join(folder, String(file))))
    .filter((file) => file.endsWith(".tsx") && !file.startsWith(join("components", "dev")));

  it("puts the primary button last in every dialog, panel and bar", () => {
    expect(files.length).toBeGreaterThan(150);
    expect(
      files.flatMap((file) => misplaced(readFileSync(file, "utf8")).map((each) => `${file}: ${each}`)),
    ).toEqual([]);
  });

  it.each([
    ['<><Button look="primary">Save</Button><Button>Cancel</Button></>', 1],
    [
      '<div><Button look={risky ? "danger" : "primary"} />{x && <Button look="quiet">Cancel</Button>}</div>',
      1,
    ],
    ['<><Button look="primary" /><a className={buttonClasses("secondary")}>Back</a></>', 1],
    ['<><a className={buttonClasses()}>Back</a><Button look="primary" /></>', 0],
    ['<><Button>Cancel</Button><Button look="danger">Delete</Button></>', 0],
  ])("in %s, %i groups are out of order", (source, count) =>
    expect(misplaced(`export const x = ${source};`)).toHaveLength(count),
  );
});
