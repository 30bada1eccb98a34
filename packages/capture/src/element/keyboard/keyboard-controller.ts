import { Scope } from '@anjuan/core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { CaptureCommand, CaptureKeymap } from './capture-keymap.js';
import { commandForKey } from './command-for-key.js';

/** What keys lead to. */
export interface KeyboardParts {
  readonly keymap: () => CaptureKeymap;
  readonly run: (command: CaptureCommand) => void;
  /** Esc that nothing inside took. True when it ended something. */
  readonly onEscape: () => boolean;
}

/** Keys inside the element become commands. */
export class KeyboardController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #parts: KeyboardParts;
  #scope = new Scope();

  constructor(host: ReactiveControllerHost & HTMLElement, parts: KeyboardParts) {
    this.#host = host;
    this.#parts = parts;
    host.addController(this);
  }

  hostConnected(): void {
    this.#scope = new Scope();
    this.#scope.listen(this.#host, 'keydown', (event) => this.#onKeyDown(event as KeyboardEvent));
  }

  hostDisconnected(): void {
    this.#scope.dispose();
  }

  #onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape' && !event.defaultPrevented && this.#parts.onEscape()) return event.preventDefault();
    const command = commandForKey(event, this.#parts.keymap());
    if (command === undefined) return;
    event.preventDefault();
    this.#parts.run(command);
  }
}
