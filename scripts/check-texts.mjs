// Law 14: visible texts come from the catalogue and colours from tokens. Reads the element packages.
import ts from 'typescript';
import { finish, isMain, sourceFiles } from './lib/check.mjs';

/** Places where Chinese text is data of the domain or the catalogue itself. */
const textHomes = [
  /\/locales\/|\.messages\.ts$/, // the catalogue of an element
  /\/i18n\//,
  /\/core\/src\/model\/document-types\.ts$/, // the document tree of WS/T 500, both languages
  /\/core\/src\/permissions\//, // names of roles and labels, both languages
];
const colourHomes = [/\/core\/src\/element\/theme\//];

const han = /\p{Script=Han}/u;
const colour = /#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(/i;
const named =
  /:[^;{}]*\b(?:white|black|red|green|blue|yellow|orange|purple|pink|gr[ae]y|silver|maroon|navy|teal|olive|lime|aqua|fuchsia|brown|gold)\b[^;{}]*;/i;
const labelled = /\s(?:aria-label|aria-description|aria-roledescription|title|placeholder|alt|label)="([^"]*)"/g;
const word = /[A-Za-z]{2,}/;

/** The static text of a template; a hole reads as U+FFFC, so that no two parts run together. */
function staticText(template) {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text;
  return template.head.text + template.templateSpans.map((span) => `\uFFFC${span.literal.text}`).join('');
}

function visibleTexts(markup) {
  const open = markup.replace(/<!--[\s\S]*?-->/g, '').replace(/<style>[\s\S]*?<\/style>/g, '');
  const labels = [...open.matchAll(labelled)].map((match) => match[1] ?? '');
  const texts = open.replace(/<[^>]*>/g, '\n').split('\n');
  return [...labels, ...texts].map((text) => text.replaceAll('\uFFFC', ' ').trim()).filter((text) => word.test(text));
}

function checkFile({ path, text }) {
  const problems = [];
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const textHome = textHomes.some((home) => home.test(path));
  const colourHome = colourHomes.some((home) => home.test(path));
  const report = (node, what) =>
    problems.push(`${path}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${what}`);

  const visit = (node) => {
    if (ts.isTaggedTemplateExpression(node)) {
      const tag = node.tag.getText();
      const markup = staticText(node.template);
      if (tag === 'html' && !textHome) {
        for (const visible of visibleTexts(markup)) report(node, `hard-coded text "${visible.slice(0, 40)}"`);
      }
      if (tag === 'css' && !colourHome && (colour.test(markup) || named.test(markup.replaceAll('\uFFFC', '')))) {
        report(node, 'hard-coded colour in CSS: use a token');
      }
    }
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      if (!textHome && han.test(node.text)) report(node, 'hard-coded Chinese text: use the catalogue');
      if (!colourHome && ts.isStringLiteral(node) && colour.test(node.text) && node.text.length < 40) {
        report(node, 'hard-coded colour: use a token');
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return problems;
}

export function checkTexts(options) {
  return sourceFiles({ packages: ['core', 'viewer'], ...options }).flatMap(checkFile);
}

if (isMain(import.meta.url)) finish('law 14: texts from the catalogue, colours from tokens', checkTexts());
