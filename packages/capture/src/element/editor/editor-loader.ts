import type { TemplateResult } from 'lit';
import type { ViewProps } from '../view-props.js';
import type { EditorController, EditorParts } from './editor-controller.js';

/** The editor, loaded when the first page is edited. */
export class EditorLoader {
  readonly #parts: EditorParts;
  #editor: EditorController | undefined;

  constructor(parts: EditorParts) {
    this.#parts = parts;
  }

  /** Resolves when the dialog is open; false when the original is no longer to be had. */
  async open(pageId: string): Promise<boolean> {
    const { EditorController } = await import('./editor-controller.js');
    this.#editor ??= new EditorController(this.#parts);
    return this.#editor.open(pageId);
  }

  close(): void {
    this.#editor?.close();
  }

  template(props: ViewProps): TemplateResult | undefined {
    return this.#editor?.template(props);
  }
}
