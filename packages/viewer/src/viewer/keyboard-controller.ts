import { Scope } from '@anjuan/core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { RecordViewportApi } from '../viewport/types.js';
import { commandForKey } from './keyboard.js';
import type { ViewerCommand, ViewerKeymap } from './viewer-keymap.js';

export interface KeyboardParts {
  readonly keymap: () => ViewerKeymap;
  readonly viewport: () => RecordViewportApi | undefined;
  readonly run: (command: ViewerCommand) => void;
  /** Esc that nothing inside took. True when something was left by it. */
  readonly onEscape: () => boolean;
}

/**
 * Keys inside the viewer become commands. Space is two things: held, a press drags the pages; tapped, it is the key
 * of the keymap.
 */
export class KeyboardController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #parts: KeyboardParts;
  #scope = new Scope();
  #space: { command: ViewerCommand | undefined; dragged: boolean } | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, parts: KeyboardParts) {
    this.#host = host;
    this.#parts = parts;
    host.addController(this);
  }

  hostConnected(): void {
    this.#scope = new Scope();
    this.#scope.listen(this.#host, 'keydown', (event) => this.#onKeyDown(event as KeyboardEvent));
    this.#scope.listen(this.#host, 'keyup', (event) => this.#onKeyUp(event as KeyboardEvent));
    this.#scope.listen(this.#host, 'pointerdown', () => this.#onPointerDown(), { passive: true });
    this.#scope.listen(this.#host, 'focusout', () => this.#endSpace());
  }

  hostDisconnected(): void {
    this.#scope.dispose();
    this.#space = undefined;
  }

  #onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape' && !event.defaultPrevented && this.#parts.onEscape()) return event.preventDefault();
    const active = this.#parts.viewport() ? ['reading'] : [];
    const command = commandForKey(event, this.#parts.keymap(), active);
    if (event.key === ' ' && inPages(event)) this.#startSpace(event, command);
    else if (command !== undefined) {
      event.preventDefault();
      this.#parts.run(command);
    }
  }

  #startSpace(event: KeyboardEvent, command: ViewerCommand | undefined): void {
    event.preventDefault();
    if (this.#space) return;
    this.#space = { command, dragged: false };
    this.#parts.viewport()?.setPanning(true);
  }

  #onPointerDown(): void {
    if (this.#space) this.#space.dragged = true;
  }

  #onKeyUp(event: KeyboardEvent): void {
    if (event.key !== ' ' || !this.#space) return;
    const { command, dragged } = this.#space;
    this.#endSpace();
    if (command !== undefined && !dragged) this.#parts.run(command);
  }

  #endSpace(): void {
    if (this.#space) this.#parts.viewport()?.setPanning(false);
    this.#space = undefined;
  }
}

function inPages(event: Event): boolean {
  const target = event.composedPath()[0];
  return target instanceof HTMLElement && target.matches('[data-widget="pages"]');
}
