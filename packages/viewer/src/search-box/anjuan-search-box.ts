import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import type { ArchiveClient } from '@anjuan/core';
import { AnjuanElement, baseStyles, matchKey } from '@anjuan/core/element';
import { searchBoxStyles } from './anjuan-search-box.styles.js';
import { filterFields } from './filter-fields.js';
import { searchBoxKeymap, type SearchBoxCommand } from './keymap.js';
import { moveOption } from './option-list.js';
import { AnjuanRecordChosenEvent } from './record-chosen-event.js';
import { RecordSearcher } from './record-searcher.js';
import { countOptions, optionId } from './result-list.js';
import { resultListStyles } from './result-list.styles.js';
import { searchBoxMessages, type SearchBoxTexts } from './search-box.messages.js';
import { searchBar } from './search-bar.js';
import { countFilters, EMPTY_DRAFT, readDraft, type SearchDraft } from './search-draft.js';
import { announcement, searchPanel } from './search-panel.js';
import { visibleFound } from './search-state.js';

export { AnjuanRecordChosenEvent };

/** Long enough for the next key of a typist, short enough to feel immediate. */
const TYPING_PAUSE_MS = 200;

/**
 * Finds a record by anything a person knows of it: name, pinyin, initials, record number, inpatient number,
 * department, diagnosis, discharge dates. Rows appear while typing; a scanner's number and Enter choose at once.
 *
 * @tag anjuan-search-box
 * @fires {AnjuanRecordChosenEvent} anjuan-record-chosen - A record was chosen; `detail.recordId`.
 * @csspart input - The search field.
 * @csspart bar - The frame round field and buttons.
 * @csspart panel - What opens below the bar.
 * @csspart filters - The filter fields.
 * @csspart list - The list of rows.
 * @csspart option - One row.
 * @csspart more - The line that loads more rows.
 * @csspart state - The empty or error state.
 * @keyboard Down, Up, Page Down, Page Up, Home, End move; Enter chooses; Escape closes, then clears.
 * @a11y Combobox with a list box: the focus stays in the field.
 * @privacy The query and the rows are in no attribute, event, storage or log.
 */
export class AnjuanSearchBox extends AnjuanElement {
  static override readonly tag = 'anjuan-search-box';
  static override readonly shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override readonly styles = [baseStyles, searchBoxStyles, resultListStyles];

  @state() private draft: SearchDraft = EMPTY_DRAFT;
  @state() private open = false;
  @state() private filtersOpen = false;
  @state() private active: number | undefined;
  @query('.input') private readonly input!: HTMLInputElement | null;

  readonly #searcher = new RecordSearcher({
    scope: () => this.scope,
    client: () => this.activeClient,
    changed: () => this.#searchChanged(),
  });
  #client: ArchiveClient | undefined;
  /** Enter came before the rows: a single match is then chosen. Scanners type a number and Enter within milliseconds. */
  #chooseSingle = false;

  /** Puts the cursor in the field. */
  override focus(options?: FocusOptions): void {
    if (this.input) this.input.focus(options);
    else super.focus(options);
  }

  /** Empties the field and the filters, ends a search under way and closes the panel. */
  clear(): void {
    this.draft = EMPTY_DRAFT;
    this.open = false;
    this.filtersOpen = false;
    this.#searcher.reset();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.scope.listen(this, 'focusout', (event) => this.#leave(event as FocusEvent));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.open = false;
    this.#searcher.reset();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    // Rows of another archive or another user must not stay.
    if (this.#client !== this.activeClient) {
      this.#client = this.activeClient;
      this.#searcher.reset();
      if (this.open) this.#search(0);
    }
  }

  protected override render(): TemplateResult {
    const t = this.texts(searchBoxMessages);
    const result = this.#searcher.state;
    const showPanel = this.open && (this.filtersOpen || result.status !== 'idle');
    return html`
      <div role="search" aria-label=${t.label} @keydown=${this.#onKeydown} data-state=${result.status}>
        ${this.#bar(t, showPanel)}
        ${
          showPanel
            ? html`<div class="panel" part="panel">
                ${
                  this.filtersOpen
                    ? filterFields({
                        t,
                        draft: this.draft,
                        onChange: (name, value) => this.#edit({ [name]: value }),
                        onClear: this.#clearFilters,
                      })
                    : nothing
                }
                ${searchPanel({
                  t,
                  locale: this.locale,
                  state: result,
                  active: this.active,
                  filtersShown: this.filtersOpen,
                  onChoose: this.#choose,
                  onRetry: this.#retry,
                  onClearFilters: this.#clearFilters,
                })}
              </div>`
            : nothing
        }
        <div class="visually-hidden" role="status">${announcement(result, t, this.locale)}</div>
      </div>
    `;
  }

  protected override updated(): void {
    if (this.active === undefined) return;
    this.renderRoot.querySelector(`#${optionId(this.active)}`)?.scrollIntoView({ block: 'nearest' });
  }

  #bar(t: SearchBoxTexts, showPanel: boolean): TemplateResult {
    const listed = showPanel && visibleFound(this.#searcher.state) !== undefined;
    return searchBar({
      t,
      text: this.draft.text,
      filterCount: countFilters(this.draft),
      filtersShown: this.open && this.filtersOpen,
      list: { shown: listed, active: listed ? this.active : undefined },
      onInput: this.#onInput,
      onEnterField: this.#reopen,
      onClear: this.#clearText,
      onToggleFilters: this.#toggleFilters,
    });
  }

  readonly #onInput = (event: Event): void => {
    // While an input method composes, the text is half a word in Latin letters: nobody means that.
    if (event instanceof InputEvent && event.isComposing) return;
    this.#edit({ text: (event.target as HTMLInputElement).value });
  };

  #edit(change: Partial<SearchDraft>): void {
    this.draft = { ...this.draft, ...change };
    this.open = true;
    this.active = undefined;
    this.#chooseSingle = false;
    this.#search(TYPING_PAUSE_MS);
  }

  #search(delayMs: number): void {
    const reading = readDraft(this.draft);
    if (reading.kind === 'query') this.#searcher.search(reading.query, { delayMs });
    else this.#searcher.reset();
  }

  #searchChanged(): void {
    this.requestUpdate();
    const result = this.#searcher.state;
    if (result.status === 'loading') return;
    const single = this.#chooseSingle && result.status === 'ready' && result.records.length === 1;
    this.#chooseSingle = false;
    const count = countOptions(visibleFound(result));
    if (this.active !== undefined && this.active >= count) this.active = undefined;
    if (single) this.#choose(0);
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    // 229: some input methods do not set isComposing on the key that ends the composition.
    if (event.keyCode === 229) return;
    const command = matchKey(event, searchBoxKeymap, this.active === undefined ? [] : ['option']);
    const inField = event.composedPath()[0] === this.input;
    if (!command || !(inField || command === 'close')) return;
    if (this.#run(command)) event.preventDefault();
  };

  /** Returns true when the key was used. */
  #run(command: SearchBoxCommand): boolean {
    if (command === 'close') return this.#close();
    if (command === 'choose') return this.#enter();
    this.open = true;
    const count = countOptions(visibleFound(this.#searcher.state));
    this.active = moveOption(this.active, command, count);
    return count > 0;
  }

  #enter(): boolean {
    const result = this.#searcher.state;
    if (this.open && this.active !== undefined) this.#choose(this.active);
    else if (result.status === 'ready' && result.records.length === 1) this.#choose(0);
    else {
      this.open = true;
      this.#chooseSingle = true;
      this.#search(0);
    }
    return true;
  }

  #close(): boolean {
    const visible = this.open && (this.filtersOpen || this.#searcher.state.status !== 'idle');
    if (visible) {
      // Focus first: a field that gains the focus opens the panel.
      this.focus();
      this.open = false;
      this.active = undefined;
      return true;
    }
    if (!this.draft.text) return false;
    this.#clearText();
    return true;
  }

  readonly #choose = (index: number): void => {
    const found = visibleFound(this.#searcher.state);
    if (!found) return;
    const record = found.records[index];
    if (!record) {
      this.active = index;
      this.#searcher.more();
      return;
    }
    this.open = false;
    this.active = undefined;
    this.dispatchEvent(new AnjuanRecordChosenEvent({ recordId: record.recordId }));
  };

  readonly #retry = (): void => {
    // The button goes away with the error, so the focus returns to the field first.
    this.focus();
    this.#searcher.retry();
  };

  readonly #clearText = (): void => {
    this.focus();
    this.#edit({ text: '' });
  };

  readonly #clearFilters = (): void => {
    this.focus();
    this.#edit({ ...EMPTY_DRAFT, text: this.draft.text });
  };

  readonly #toggleFilters = (): void => {
    this.filtersOpen = !(this.open && this.filtersOpen);
    this.open = true;
  };

  readonly #reopen = (): void => {
    if (!this.draft.text && !this.filtersOpen) return;
    this.open = true;
    if (this.#searcher.state.status === 'idle') this.#search(0);
  };

  #leave(event: FocusEvent): void {
    const next = event.relatedTarget;
    if (next instanceof Node && (this.contains(next) || this.renderRoot.contains(next))) return;
    this.open = false;
    this.active = undefined;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'anjuan-search-box': AnjuanSearchBox;
  }
}
