import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

/** Looks of the button that does what its dialog, panel or bar is for. */
const mainLooks = /^(primary|danger)$/;

type Element = ts.JsxElement | ts.JsxSelfClosingElement;

const isElement = (node: ts.Node): node is Element =>
  ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node);

/** The looks that an attribute may have: a text, or both outcomes of a condition. Undefined for no attribute. */
function textsOf(element: Element, name: string): string[] | undefined {
  const { attributes } = ts.isJsxElement(element) ? element.openingElement : element;
  const found = attributes.properties.find((each) => each.name?.getText() === name);
  return found && [...found.getText().matchAll(/"([^"]*)"/g)].map(([, text = ""]) => text);
}

/** Whether an element is a button with words; of one that is, whether it is the main one. */
function buttonKind(element: Element): "main" | "other" | undefined {
  const tag = (ts.isJsxElement(element) ? element.openingElement : element).tagName.getText();
  const isLink = (tag === "a" || tag === "Link") && textsOf(element, "className") !== undefined;
  if (tag !== "Button" && !(isLink && /buttonClasses\(/.test(element.getText()))) return undefined;
  const looks = textsOf(element, isLink ? "className" : "look") ?? [];
  return looks.some((look) => mainLooks.test(look)) ? "main" : "other";
}

/** The buttons among the children of an element, in their order, those of conditions as well. */
function buttonsIn(children: readonly ts.Node[]): { kind: "main" | "other"; text: string }[] {
  return children.flatMap((child) => {
    if (ts.isJsxExpression(child) || ts.isParenthesizedExpression(child))
      return child.expression ? buttonsIn([child.expression]) : [];
    if (ts.isBinaryExpression(child)) return buttonsIn([child.right]);
    // Of two outcomes one is shown: what stands in both is looked at where it stands.
    if (ts.isConditionalExpression(child)) return [];
    if (ts.isJsxFragment(child)) return buttonsIn(child.children);
    if (!isElement(child)) return [];
    const kind = buttonKind(child);
    return kind ? [{ kind, text: child.getText() }] : [];
  });
}

/** Groups of buttons in a source in which the main one is not the last. */
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

  it("is the same everywhere: what leads back first, what a dialog, a panel or a bar is for last", () => {
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
  ])("finds in %s %i groups in another order", (source, count) =>
    expect(misplaced(`export const x = ${source};`)).toHaveLength(count),
  );
});
