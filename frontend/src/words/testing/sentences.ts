import ts from "typescript";

/** What one source file says to people. */
export interface Sentences {
  /** Sentences that are looked up: of `tn` the plural, which is the key. */
  readonly keys: readonly { readonly sentence: string; readonly isPlural: boolean }[];
  /** "line: text" of what people would see in English whatever their language. */
  readonly untranslated: readonly string[];
}

/** Attributes and properties whose text is shown or read out. */
const VISIBLE =
  /^(label|title|text|message|hint|does|keys|detail|reason|heading|placeholder|alt|description|aria-label|aria-description|aria-roledescription|aria-valuetext|words|\w+Label)$/;

/** Names and units are the same in every language. */
const UNIVERSAL =
  /^(Maskwright|COCO|WebGPU|px|ms|MB|kB|IoU|Esc|Del|Tab|Enter|Alt|Ctrl|Shift|PDF|[A-Z]|\d+|[^\p{L}])*$/u;

/** A capital letter, several words, and a mark at the end. */
const SENTENCE = /^\p{Lu}.*\s.*[.!?…]$/su;

export function sentencesIn(file: string, text: string): Sentences {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const keys: { sentence: string; isPlural: boolean }[] = [];
  const untranslated: string[] = [];
  const blame = (node: ts.Node, said: string): void => {
    if (UNIVERSAL.test(said.trim())) return;
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    untranslated.push(`${line + 1}: ${said.trim().replace(/\s+/g, " ")}`);
  };
  const visit = (node: ts.Node): void => {
    const call = lookupOf(node);
    if (call) {
      for (const sentence of literalsOf(call.sentence))
        keys.push({ sentence: textOf(sentence), isPlural: call.isPlural });
      for (const value of call.values) visit(value);
      return;
    }
    if (isCode(node)) return;
    if (isRichSentence(node)) keys.push({ sentence: textOf(node), isPlural: false });
    else if (ts.isJsxText(node)) blame(node, node.text);
    else if (isVisiblePlace(node)) for (const literal of literalsOf(node)) blame(literal, textOf(literal));
    else if (isText(node) && SENTENCE.test(textOf(node)) && !isInError(node)) blame(node, textOf(node));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { keys, untranslated: [...new Set(untranslated)] };
}

/** Commands and file names are the same in every language. */
function isCode(node: ts.Node): boolean {
  return ts.isJsxElement(node) && /^(code|kbd)$/.test(node.openingElement.tagName.getText());
}

/** `<Rich sentence="…" />` looks its sentence up. */
function isRichSentence(node: ts.Node): node is ts.StringLiteral {
  return ts.isStringLiteral(node) && ts.isJsxAttribute(node.parent) && nameOf(node.parent.name) === "sentence";
}

interface Lookup {
  readonly sentence: ts.Node;
  readonly isPlural: boolean;
  readonly values: readonly ts.Node[];
}

/** `t("…", values)` or `tn("…", "…", count, values)`. */
function lookupOf(node: ts.Node): Lookup | null {
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return null;
  const [first, second, ...rest] = node.arguments;
  if (node.expression.text === "t" && first) {
    return { sentence: first, isPlural: false, values: second ? [second, ...rest] : [] };
  }
  return node.expression.text === "tn" && second ? { sentence: second, isPlural: true, values: rest } : null;
}

/** Where an expression is shown: an attribute, a property or a variable by its name, or what stands between tags. */
function isVisiblePlace(node: ts.Node): boolean {
  if (ts.isJsxAttribute(node) || ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node))
    return VISIBLE.test(nameOf(node.name));
  return ts.isJsxExpression(node) && (ts.isJsxElement(node.parent) || ts.isJsxFragment(node.parent));
}

function nameOf(name: ts.Node): string {
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : "";
}

type Text = ts.StringLiteral | ts.NoSubstitutionTemplateLiteral | ts.TemplateExpression;

function isText(node: ts.Node): node is Text {
  return ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node);
}

/** The texts that an expression may turn out to be, through `?:`, `??`, `||` and `&&`. */
function literalsOf(node: ts.Node | undefined): Text[] {
  if (!node) return [];
  if (isText(node)) return [node];
  if (ts.isConditionalExpression(node)) return [...literalsOf(node.whenTrue), ...literalsOf(node.whenFalse)];
  if (ts.isParenthesizedExpression(node) || ts.isJsxExpression(node)) return literalsOf(node.expression);
  if (ts.isJsxAttribute(node) || ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node))
    return literalsOf(node.initializer);
  return ts.isBinaryExpression(node) ? literalsOf(node.right) : [];
}

/** Of a template, what stands between its values. */
function textOf(node: Text): string {
  if (!ts.isTemplateExpression(node)) return node.text;
  return node.head.text + node.templateSpans.map(({ literal }) => literal.text).join(" ");
}

/** `new Error("…")` speaks to developers. */
function isInError({ parent }: ts.Node): boolean {
  return ts.isNewExpression(parent) && parent.expression.getText() === "Error";
}
