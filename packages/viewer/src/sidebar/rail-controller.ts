import { Scope } from '@anjuan/core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { localStorageIfAllowed } from '../viewer/safe-storage.js';
import { clampRailWidth, loadRailPreferences, saveRailPreferences } from './rail-preferences.js';

type RailHost = ReactiveControllerHost & HTMLElement;

export type RailTab = 'contents' | 'thumbnails' | 'search';

const KEY_STEP_PX = 16;

/** Is the rail open, how wide, which tab; as a column beside the pages or as a drawer over them. */
export class RailController implements ReactiveController {
  readonly #host: RailHost;
  #scope = new Scope();
  #storage: Storage | undefined;
  #returnFocus: HTMLElement | undefined;
  #columnOpen = true;
  #drawerOpen = false;
  widthPx: number;
  tab: RailTab = 'contents';
  /** True: the rail is a drawer. Set before rendering. */
  compact = false;

  constructor(host: RailHost) {
    this.#host = host;
    host.addController(this);
    this.widthPx = loadRailPreferences(undefined).widthPx;
  }

  get open(): boolean {
    return this.compact ? this.#drawerOpen : this.#columnOpen;
  }

  hostConnected(): void {
    this.#scope = new Scope();
    this.#storage = localStorageIfAllowed();
    const stored = loadRailPreferences(this.#storage);
    this.widthPx = stored.widthPx;
    this.#columnOpen = stored.open;
    this.#drawerOpen = false;
  }

  hostDisconnected(): void {
    this.#scope.dispose();
  }

  async toggle(): Promise<void> {
    if (this.open) return this.close();
    await this.show();
    if (this.compact) this.focusables()[0]?.focus();
  }

  async show(): Promise<void> {
    if (!this.open && this.compact) {
      const active = this.#host.shadowRoot?.activeElement;
      this.#returnFocus = active instanceof HTMLElement ? active : undefined;
    }
    this.#setOpen(true);
    await this.#host.updateComplete;
  }

  /** Open, with this tab. */
  async showTab(tab: RailTab): Promise<void> {
    this.selectTab(tab);
    await this.show();
  }

  close(): void {
    if (!this.open) return;
    this.#setOpen(false);
    if (this.compact) this.#returnFocus?.focus();
    this.#returnFocus = undefined;
  }

  /** A choice was made: a drawer gets out of the way, a column stays. */
  closeDrawer(): void {
    if (this.compact) this.close();
  }

  selectTab(tab: RailTab): void {
    this.tab = tab;
    this.#host.requestUpdate();
  }

  /** Esc closes the drawer and Tab stays inside it. */
  readonly onDrawerKeyDown = (event: KeyboardEvent): void => {
    if (!this.compact || event.defaultPrevented) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      this.close();
      return;
    }
    if (event.key !== 'Tab') return;
    const items = this.focusables();
    const first = items[0];
    const last = items[items.length - 1];
    const active = this.#host.shadowRoot?.activeElement;
    const leaving = event.shiftKey ? active === first : active === last;
    if (!leaving) return;
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  };

  readonly onHandleKeyDown = (event: KeyboardEvent): void => {
    const deltas: Record<string, number> = { ArrowLeft: -KEY_STEP_PX, ArrowRight: KEY_STEP_PX };
    const delta = deltas[event.key];
    if (delta === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.#setWidth(this.widthPx + delta);
    this.#save();
  };

  readonly onHandlePointerDown = (event: PointerEvent): void => {
    if (event.button !== 0 || !(event.currentTarget instanceof HTMLElement)) return;
    event.preventDefault();
    const handle = event.currentTarget;
    const startX = event.clientX;
    const startWidth = this.widthPx;
    const drag = this.#scope.child();
    handle.setPointerCapture(event.pointerId);
    drag.listen(handle, 'pointermove', (move) => {
      if (move instanceof PointerEvent) this.#setWidth(startWidth + move.clientX - startX);
    });
    const end = (): void => {
      drag.dispose();
      this.#save();
    };
    drag.listen(handle, 'pointerup', end);
    drag.listen(handle, 'pointercancel', end);
  };

  focusables(): HTMLElement[] {
    const rail = this.#host.shadowRoot?.querySelector('[data-widget="rail"]');
    const found = rail?.querySelectorAll<HTMLElement>('button, input, [tabindex]') ?? [];
    return [...found].filter((item) => item.tabIndex >= 0 && !item.closest('[hidden]'));
  }

  #setOpen(open: boolean): void {
    if (this.compact) this.#drawerOpen = open;
    else {
      this.#columnOpen = open;
      this.#save();
    }
    this.#host.requestUpdate();
  }

  #setWidth(widthPx: number): void {
    this.widthPx = clampRailWidth(widthPx);
    this.#host.requestUpdate();
  }

  #save(): void {
    saveRailPreferences(this.#storage, { widthPx: this.widthPx, open: this.#columnOpen });
  }
}
