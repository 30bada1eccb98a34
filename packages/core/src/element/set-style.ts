import { noChange, type ElementPart } from 'lit';
import { Directive, directive, PartType, type DirectiveResult, type PartInfo } from 'lit/directive.js';

/** CSS property names in kebab case; undefined removes one. */
export type StyleProperties = Readonly<Record<string, string | undefined>>;

/** lit's own styleMap writes a style attribute at its first rendering, which a strict CSP blocks. */
class SetStyle extends Directive {
  #set = new Set<string>();

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new TypeError('setStyle stands by itself inside a tag.');
  }

  override render(_properties: StyleProperties): unknown {
    return noChange;
  }

  override update(part: ElementPart, [properties]: [StyleProperties]): unknown {
    const { style } = part.element as HTMLElement;
    const given = Object.entries(properties).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const names = new Set(given.map(([name]) => name));
    for (const name of this.#set) if (!names.has(name)) style.removeProperty(name);
    for (const [name, value] of given) style.setProperty(name, value);
    this.#set = names;
    return noChange;
  }
}

const setStyleDirective = directive(SetStyle);

/**
 * Styles of one element that change with data, under the strictest CSP: `<div ${setStyle({ width: '10px' })}>`.
 * Properties that a later rendering leaves out are removed.
 */
export function setStyle(properties: StyleProperties): DirectiveResult<typeof SetStyle> {
  return setStyleDirective(properties);
}
