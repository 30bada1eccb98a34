import { AnjuanError, Scope } from '@anjuan/core';
import type { TemplateResult } from 'lit';
import type { CaptureSession } from '../../session/capture-session.js';
import { readPageData } from '../../session/page-data.js';
import type { PipelineWorker } from '../../worker/protocol.js';
import type { ProcessedPage } from '../../recipe/types.js';
import { packImage } from '../../session/image-layout.js';
import type { CaptureHost } from '../capture-host.js';
import type { ViewProps } from '../view-props.js';
import { editorView } from './editor-view.js';
import { draftOf, recipeOf, withFound, type PageDraft } from '../../session/page-draft.js';

/** Rest after the last change before the worker is asked. */
const REST_MS = 160;

/** What the editor works with. */
export interface EditorParts {
  readonly host: CaptureHost;
  readonly scope: () => Scope;
  readonly pipeline: () => Promise<PipelineWorker>;
  readonly session: () => CaptureSession | undefined;
  readonly report: (error: AnjuanError) => void;
  /** The dialog is gone: the keys go back to where they were. */
  readonly closed: () => void;
}

/** What the worker makes of the draft. */
export type EditorResult =
  | { readonly status: 'working'; readonly url?: string }
  | { readonly status: 'ready'; readonly url: string }
  | { readonly status: 'failed' };

/** The page being edited. */
export interface EditorState {
  readonly pageId: string;
  readonly number: number;
  readonly url: string;
  /** For the loupe; closed with the editor. */
  readonly bitmap: ImageBitmap;
  readonly draft: PageDraft;
  readonly made: ProcessedPage['recipe'] | undefined;
  readonly result: EditorResult;
  /** Corner under the pointer or with the focus: the loupe shows it. */
  readonly corner: number | undefined;
}

/** Edits one page: nothing is stored before the operator agrees. */
export class EditorController {
  readonly #parts: EditorParts;
  #scope = new Scope();
  #master: Blob | undefined;
  #run = 0;
  #cancelRest: (() => void) | undefined;
  #releaseResult: (() => void) | undefined;
  state: EditorState | undefined;

  constructor(parts: EditorParts) {
    this.#parts = parts;
  }

  /** Resolves when the dialog is open; false when the original is no longer to be had. */
  async open(pageId: string): Promise<boolean> {
    const session = this.#parts.session();
    const page = session?.tray.pages.find((other) => other.pageId === pageId);
    const master = await session?.master(pageId);
    if (!page || !master) return false;
    this.close();
    const scope = this.#parts.scope().child();
    const bitmap = await createImageBitmap(master);
    scope.defer(() => bitmap.close());
    if (scope.disposed) return false;
    this.#scope = scope;
    this.#master = master;
    const { recipe, made } = readPageData({ data: { capture: page.data } });
    const size = { widthPx: bitmap.width, heightPx: bitmap.height };
    this.state = {
      pageId,
      number: page.number,
      url: scope.objectUrl(master).url,
      bitmap,
      draft: draftOf(recipe, size, made?.recipe.quad),
      made: made?.recipe,
      result: { status: 'working' },
      corner: undefined,
    };
    this.#parts.host.update();
    await this.#parts.host.painted();
    this.#dialog?.showModal();
    this.#parts.host.root().querySelector<HTMLElement>('[data-corner="0"]')?.focus();
    void this.#make();
    return true;
  }

  close(): void {
    if (!this.state) return;
    this.state = undefined;
    this.#scope.dispose();
    this.#master = undefined;
    this.#releaseResult = undefined;
    this.#parts.host.update();
  }

  /** Another draft: shown at once, worked on after a short rest. */
  change(change: (draft: PageDraft) => PageDraft): void {
    if (!this.state) return;
    const draft = change(this.state.draft);
    if (draft === this.state.draft) return;
    const { result } = this.state;
    const url = 'url' in result ? result.url : undefined;
    this.#set({ draft, result: { status: 'working', ...(url === undefined ? {} : { url }) } });
    this.#cancelRest?.();
    this.#cancelRest = this.#scope.timeout(() => void this.#make(), REST_MS);
  }

  showLoupe(corner: number | undefined): void {
    if (this.state && this.state.corner !== corner) this.#set({ corner });
  }

  /** Stores the recipe; the page is worked on anew. */
  async apply(): Promise<void> {
    const { state } = this;
    const edits = this.#parts.session()?.edits;
    this.#dialog?.close();
    if (!state || !edits) return;
    try {
      await edits.setRecipe(state.pageId, recipeOf(state.draft));
    } catch (cause) {
      this.#parts.report(AnjuanError.is(cause) ? cause : new AnjuanError('unexpected', { cause }));
    }
  }

  cancel(): void {
    this.#dialog?.close();
  }

  /** The dialog was closed, by whatever way. */
  readonly onClose = (): void => {
    this.close();
    this.#parts.closed();
  };

  template(props: ViewProps): TemplateResult | undefined {
    return this.state && editorView(props, this, this.state);
  }

  get #dialog(): HTMLDialogElement | null {
    return this.#parts.host.root().querySelector<HTMLDialogElement>('dialog[data-widget="editor"]');
  }

  /** Asks the worker; of several answers only the newest counts. */
  async #make(): Promise<void> {
    const { state } = this;
    const master = this.#master;
    const scope = this.#scope;
    if (!state || !master) return;
    const run = (this.#run += 1);
    try {
      const worker = await this.#parts.pipeline();
      const made = await worker.process(master, { recipe: recipeOf(state.draft), mode: 'free-hand' });
      if (scope.disposed || run !== this.#run || !this.state) return;
      const { url, release } = scope.objectUrl(
        made.image.codec === 'jpeg' ? packImage(made.image).blob : made.thumbnail,
      );
      this.#releaseResult?.();
      this.#releaseResult = release;
      this.#set({
        made: made.recipe,
        draft: withFound(this.state.draft, made.recipe.quad),
        result: { status: 'ready', url },
      });
    } catch (cause) {
      if (scope.disposed || run !== this.#run || AnjuanError.is(cause, 'aborted')) return;
      this.#set({ result: { status: 'failed' } });
    }
  }

  #set(change: Partial<EditorState>): void {
    if (!this.state) return;
    this.state = { ...this.state, ...change };
    this.#parts.host.update();
  }
}
