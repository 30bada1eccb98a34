import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { filterTree } from './tree-filter.js';
import { treeMove } from './tree-keyboard.js';
import type { TreeGroup } from './tree-model.js';
import { documentRowId, groupKeyOfDocument, initiallyExpanded, visibleRows, type TreeRow } from './tree-rows.js';

type TreeHost = ReactiveControllerHost & HTMLElement;

/** What is open, focused and filtered in the tree of documents. */
export class TreeController implements ReactiveController {
  readonly #host: TreeHost;
  readonly #onOpen: (documentId: string) => void;
  #groups: readonly TreeGroup[] = [];
  #expanded: ReadonlySet<string> = new Set();
  #focusedId: string | undefined;
  #currentDocumentId: string | undefined;
  query = '';

  constructor(host: TreeHost, options: { readonly onOpen: (documentId: string) => void }) {
    this.#host = host;
    this.#onOpen = options.onOpen;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  /** A new record, or the same one in another language or with more pages known. */
  setGroups(groups: readonly TreeGroup[], options: { readonly fresh: boolean }): void {
    this.#groups = groups;
    if (!options.fresh) return;
    this.query = '';
    this.#expanded = initiallyExpanded(groups);
    this.#focusedId = undefined;
    this.#currentDocumentId = undefined;
  }

  get filtering(): boolean {
    return this.query.trim() !== '';
  }

  get currentDocumentId(): string | undefined {
    return this.#currentDocumentId;
  }

  rows(): { readonly rows: readonly TreeRow[]; readonly count: number } {
    const { groups, count } = filterTree(this.#groups, this.query);
    const open = this.filtering ? new Set(groups.map((group) => group.key)) : this.#expanded;
    return { rows: visibleRows(groups, open), count };
  }

  /** The one row that Tab reaches. */
  tabStop(rows: readonly TreeRow[]): string | undefined {
    const has = (id: string | undefined): boolean => rows.some((row) => row.id === id);
    if (has(this.#focusedId)) return this.#focusedId;
    const current = this.#currentDocumentId === undefined ? undefined : documentRowId(this.#currentDocumentId);
    return has(current) ? current : rows[0]?.id;
  }

  setQuery(query: string): void {
    this.query = query;
    this.#host.requestUpdate();
  }

  /** The reader scrolled to a document: its branch opens and its row comes into sight. */
  async follow(documentId: string): Promise<void> {
    if (documentId === this.#currentDocumentId) return;
    this.#currentDocumentId = documentId;
    const key = groupKeyOfDocument(this.#groups, documentId);
    if (key !== undefined && !this.#expanded.has(key)) this.#expanded = new Set([...this.#expanded, key]);
    if (!this.#treeHasFocus()) this.#focusedId = documentRowId(documentId);
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    if (!this.#treeHasFocus()) this.#row(documentRowId(documentId))?.scrollIntoView({ block: 'nearest' });
  }

  readonly onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const { rows } = this.rows();
    const move = treeMove(rows, this.tabStop(rows), event.key);
    if (move.type === 'none') return;
    event.preventDefault();
    event.stopPropagation();
    if (move.type === 'focus') void this.focus(move.rowId);
    else if (move.type === 'activate') this.activate(move.row);
    else if (move.type === 'collapse') this.#setExpanded(move.groupKey, { open: false });
    else for (const key of move.groupKeys) this.#setExpanded(key, { open: true });
  };

  activate(row: TreeRow): void {
    this.#focusedId = row.id;
    if (row.kind === 'document') this.#onOpen(row.document.documentId);
    else if (!this.filtering) this.#setExpanded(row.group.key, { open: !row.expanded });
    this.#host.requestUpdate();
  }

  async focus(rowId: string): Promise<void> {
    this.#focusedId = rowId;
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    this.#row(rowId)?.focus();
  }

  #setExpanded(key: string, options: { readonly open: boolean }): void {
    const expanded = new Set(this.#expanded);
    if (options.open) expanded.add(key);
    else expanded.delete(key);
    this.#expanded = expanded;
    this.#host.requestUpdate();
  }

  #treeHasFocus(): boolean {
    return this.#host.shadowRoot?.activeElement?.getAttribute('role') === 'treeitem';
  }

  #row(rowId: string): HTMLElement | undefined {
    const rows = this.rows().rows;
    const index = rows.findIndex((row) => row.id === rowId);
    return this.#host.shadowRoot?.querySelectorAll<HTMLElement>('[role="treeitem"]')[index];
  }
}
