import { Scope } from '@anjuan/core';
import { filesFrom } from '../devices/file/picked-files.js';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Whom to tell of files. */
export interface FileDropParts {
  readonly onFiles: (files: readonly File[]) => void;
  readonly onHover: (hovering: boolean) => void;
}

/** Files dropped on the element or pasted while it has the focus. */
export class FileDropController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #parts: FileDropParts;
  #scope = new Scope();

  constructor(host: ReactiveControllerHost & HTMLElement, parts: FileDropParts) {
    this.#host = host;
    this.#parts = parts;
    host.addController(this);
  }

  hostConnected(): void {
    const scope = new Scope();
    this.#scope = scope;
    scope.listen(this.#host, 'dragover', (event) => this.#hover(event as DragEvent));
    scope.listen(this.#host, 'dragleave', (event) => this.#leave(event as DragEvent));
    scope.listen(this.#host, 'drop', (event) => this.#drop(event as DragEvent));
    scope.listen(this.#host, 'paste', (event) => this.#paste(event as ClipboardEvent));
  }

  hostDisconnected(): void {
    this.#scope.dispose();
  }

  #hover(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    this.#parts.onHover(true);
  }

  #leave(event: DragEvent): void {
    const to = event.relatedTarget;
    if (!(to instanceof Node) || !this.#host.contains(to)) this.#parts.onHover(false);
  }

  #drop(event: DragEvent): void {
    this.#parts.onHover(false);
    const files = filesFrom(event.dataTransfer);
    if (files.length === 0) return;
    event.preventDefault();
    this.#parts.onFiles(files);
  }

  #paste(event: ClipboardEvent): void {
    const files = filesFrom(event.clipboardData);
    if (files.length === 0) return;
    event.preventDefault();
    this.#parts.onFiles(files);
  }
}
