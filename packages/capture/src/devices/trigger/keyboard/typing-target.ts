/** Inputs that take no text, so that keys pressed there are no typing. */
const NOT_TYPED = ['button', 'checkbox', 'color', 'file', 'image', 'radio', 'range', 'reset', 'submit'];
const PRESSED = 'button, a[href], summary, select, input, [role=button], [role=menuitem], [role=option], [role=tab]';

interface ElementLike {
  readonly localName?: string;
  readonly type?: string;
  readonly isContentEditable?: boolean;
  readonly matches?: (selector: string) => boolean;
}

/** The element that has the focus, also inside shadow roots. */
const innermost = (event: Event): ElementLike | undefined =>
  (event.composedPath()[0] ?? event.target ?? undefined) as ElementLike | undefined;

/** True while the focus is where text is typed. */
export function isTyping(event: Event): boolean {
  const { localName, type = 'text', isContentEditable } = innermost(event) ?? {};
  if (isContentEditable || localName === 'textarea') return true;
  return localName === 'input' && !NOT_TYPED.includes(type);
}

/** True while the focus is on something that Space or Enter presses. */
export function isOnControl(event: Event): boolean {
  return innermost(event)?.matches?.(PRESSED) ?? false;
}
