import ts from 'typescript';

/** What a person wrote into a source file, and where. */
export interface SourceText {
  readonly kind: 'comment' | 'documentation' | 'string' | 'identifier';
  /** Where it begins, from 1. */
  readonly line: number;
  readonly text: string;
}

/** The comments, the literals of strings and the identifiers of a TypeScript or JavaScript file. */
export function sourceTexts(source: ts.SourceFile): SourceText[] {
  const texts: SourceText[] = [];
  const comments = new Set<number>();
  const add = (kind: SourceText['kind'], position: number, text: string) => {
    texts.push({ kind, line: source.getLineAndCharacterOfPosition(position).line + 1, text });
  };
  const addComment = (start: number, end: number) => {
    if (comments.has(start)) return;
    comments.add(start);
    const text = source.text.slice(start, end);
    add(text.startsWith('/**') ? 'documentation' : 'comment', start, text);
  };
  for (const token of tokensOf(source, source)) {
    ts.forEachLeadingCommentRange(source.text, token.pos, addComment);
    ts.forEachTrailingCommentRange(source.text, token.end, addComment);
    const kind = kindOf(token);
    if (kind) add(kind, token.getStart(source), token.getText(source));
  }
  return texts;
}

/** The text of a documentation comment as Markdown, with as many lines as the comment has. */
export function documentationText(comment: string): string {
  return comment
    .replace(/^\/\*\*|\*\/$/g, '')
    .split('\n')
    .map((line) =>
      line
        .replace(/^\s*\*? ?/, '')
        .replace(/^@\w+ ?/, '- ')
        .trimEnd(),
    )
    .join('\n')
    .replace(/\{@link ([^}]*)\}/g, '`$1`');
}

function kindOf(token: ts.Node): 'string' | 'identifier' | undefined {
  if (ts.isIdentifier(token) || ts.isPrivateIdentifier(token)) return 'identifier';
  if (ts.isStringLiteralLike(token) || ts.isTemplateHead(token)) return 'string';
  return ts.isTemplateMiddleOrTemplateTail(token) ? 'string' : undefined;
}

/** Comments are read from the text: nodes of documentation have no other token in them. */
function isDocumentation({ kind }: ts.Node): boolean {
  return kind >= ts.SyntaxKind.FirstJSDocNode && kind <= ts.SyntaxKind.LastJSDocNode;
}

/** The smallest nodes, in their order. A list without elements is one too; it has no text. */
export function* tokensOf(node: ts.Node, source: ts.SourceFile): Generator<ts.Node> {
  const children = node.getChildren(source).filter((child) => !isDocumentation(child));
  if (children.length === 0) yield node;
  for (const child of children) yield* tokensOf(child, source);
}
