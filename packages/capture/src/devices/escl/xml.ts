import { captureError } from '@anjuan/core/outbox';

/** An element of a scanner's answer; names without their namespace prefix. */
export interface XmlElement {
  readonly name: string;
  readonly children: readonly XmlElement[];
  /** Text directly inside, trimmed. */
  readonly text: string;
}

/** Bounds far above what any scanner sends. */
const MAX_CHARS = 1024 * 1024;
const MAX_DEPTH = 32;
const MAX_ELEMENTS = 20_000;

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const NAME = /^[A-Za-z_][\w.-]{0,99}(:[A-Za-z_][\w.-]{0,99})?/;

interface OpenElement {
  readonly fullName: string;
  readonly name: string;
  readonly children: XmlElement[];
  text: string;
}

/**
 * Parses the XML of a device: strict about nesting, without document types and entities of its own, so that nothing outside is
 * read and nothing grows. Works where there is no DOMParser (workers). Throws `device-protocol`.
 */
export function parseXml(source: string): XmlElement {
  if (source.length > MAX_CHARS) throw xmlError('too-large');
  const open: OpenElement[] = [];
  let root: XmlElement | undefined;
  let elements = 0;
  let at = source.startsWith('\uFEFF') ? 1 : 0;

  const close = (fullName: string): void => {
    const element = open.pop();
    if (element?.fullName !== fullName) throw xmlError('nesting');
    const done: XmlElement = { name: element.name, children: element.children, text: element.text.trim() };
    const parent = open.at(-1);
    if (parent) parent.children.push(done);
    else root = done;
  };
  const addText = (text: string): void => {
    const element = open.at(-1);
    if (element) element.text += text;
    else if (text.trim() !== '') throw xmlError('text-outside');
  };

  while (at < source.length) {
    if (source[at] !== '<') {
      const end = indexOrEnd(source, '<', at);
      addText(decodeText(source.slice(at, end)));
      at = end;
    } else if (source.startsWith('<!--', at)) {
      at = after(source, '-->', at + 4);
    } else if (source.startsWith('<?', at)) {
      at = after(source, '?>', at + 2);
    } else if (source.startsWith('<![CDATA[', at)) {
      const end = after(source, ']]>', at + 9);
      addText(source.slice(at + 9, end - 3));
      at = end;
    } else if (source.startsWith('</', at)) {
      const fullName = nameAt(source, at + 2);
      const end = after(source, '>', at + 2);
      if (source.slice(at + 2 + fullName.length, end - 1).trim() !== '') throw xmlError('end-tag');
      close(fullName);
      at = end;
    } else {
      if (root || open.length >= MAX_DEPTH || (elements += 1) > MAX_ELEMENTS) throw xmlError('structure');
      const fullName = nameAt(source, at + 1);
      const { end, empty } = tagEnd(source, at + 1 + fullName.length);
      open.push({ fullName, name: fullName.slice(fullName.indexOf(':') + 1), children: [], text: '' });
      if (empty) close(fullName);
      at = end;
    }
  }
  if (!root || open.length > 0) throw xmlError('incomplete');
  return root;
}

/** The first element along the path of names, or undefined. */
export function find(element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  return path.reduce<XmlElement | undefined>(
    (current, name) => current?.children.find((child) => child.name === name),
    element,
  );
}

/** All elements of that name at any depth. */
export function findAll(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...findAll(child, name)]);
}

/** The text at the end of the path; empty when there is none. */
export function textAt(element: XmlElement | undefined, ...path: readonly string[]): string {
  return find(element, ...path)?.text ?? '';
}

/** The whole number at the end of the path. */
export function numberAt(element: XmlElement | undefined, ...path: readonly string[]): number | undefined {
  const text = textAt(element, ...path);
  return /^\d{1,7}$/.test(text) ? Number(text) : undefined;
}

function nameAt(source: string, at: number): string {
  const name = NAME.exec(source.slice(at, at + 210))?.[0];
  if (name === undefined) throw xmlError('name');
  return name;
}

/** Steps over the attributes, which scanners use for namespaces only; values in quotes may contain `>`. */
function tagEnd(source: string, from: number): { readonly end: number; readonly empty: boolean } {
  let quote = '';
  for (let at = from; at < source.length; at += 1) {
    const char = source[at] ?? '';
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") {
      quote = char;
    } else if (char === '<') {
      break;
    } else if (char === '>') {
      return { end: at + 1, empty: source[at - 1] === '/' };
    }
  }
  throw xmlError('tag');
}

function after(source: string, mark: string, from: number): number {
  const at = source.indexOf(mark, from);
  if (at < 0) throw xmlError('incomplete');
  return at + mark.length;
}

function indexOrEnd(source: string, mark: string, from: number): number {
  const at = source.indexOf(mark, from);
  return at < 0 ? source.length : at;
}

function decodeText(text: string): string {
  return text.replace(/&([^;]{0,12});?/g, (whole, entity: string) => {
    if (!whole.endsWith(';')) throw xmlError('entity');
    const known = Object.prototype.hasOwnProperty.call(ENTITIES, entity) ? ENTITIES[entity] : undefined;
    if (known !== undefined) return known;
    const digits = /^#(?:x([0-9A-Fa-f]{1,6})|(\d{1,7}))$/.exec(entity);
    const code = digits?.[1] !== undefined ? Number.parseInt(digits[1], 16) : Number(digits?.[2] ?? NaN);
    if (!(code > 0 && code <= 0x10ffff) || (code >= 0xd800 && code <= 0xdfff)) throw xmlError('entity');
    return String.fromCodePoint(code);
  });
}

function xmlError(part: string): ReturnType<typeof captureError> {
  return captureError('device-protocol', { details: { part: `xml-${part}` } });
}
