import { ContextConsumer } from '@lit/context';
import { LitElement, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import type { ArchiveClient } from '../client/types.js';
import { Scope } from '../lifecycle/scope.js';
import { resolveAssetsUrl } from './assets-url.js';
import { DEFAULT_LOCALE, nearestLocale, type Locale } from './i18n/locale.js';
import { overrideTexts, type Catalogue, type Texts, type TextsOverride } from './i18n/messages.js';
import { defineElement, type DefinableElement } from './registry.js';
import { sessionContext, type AnjuanSession } from './session.js';
import { VERSION } from './version.js';

const PROVIDER_TAG = 'anjuan-provider';

/**
 * Base of every Anjuan element: session from the nearest provider, texts of the active language, a scope that lives
 * as long as the connection, theme tokens.
 *
 * @attr lang - `zh-CN` or `en`; the nearest one upwards wins. Default: the provider's, then `zh-CN`.
 */
export class AnjuanElement extends LitElement {
  /** Tag that `define()` registers. */
  static readonly tag: string = '';
  static readonly version: string = VERSION;

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'lang'];
  }

  /**
   * Registers the element. May be called any number of times: the same version does nothing, another version keeps the
   * first and warns. Does nothing where there is no registry (Node).
   */
  static define(
    this: DefinableElement & { readonly tag: string },
    tag?: string,
    registry?: CustomElementRegistry,
  ): void {
    defineElement(tag ?? this.tag, this, registry);
  }

  /** Client of this element alone; wins over the provider's. Default: the provider's. */
  @property({ attribute: false }) client: ArchiveClient | undefined;

  /** Replaces texts of the built-in catalogue of this element, by the same keys. */
  @property({ attribute: false }) strings: TextsOverride | undefined;

  /** Renewed at each connect, disposed at disconnect. */
  protected scope = new Scope();

  readonly #consumer = new ContextConsumer(this, { context: sessionContext, subscribe: true });
  #ownSession: AnjuanSession | undefined;

  /** What the provider gives, or defaults without one. Changes re-render the element. */
  protected get session(): AnjuanSession {
    return this.#consumer.value ?? (this.#ownSession ??= defaultSession());
  }

  /** The client to use: own one first, then the provider's. */
  protected get activeClient(): ArchiveClient | undefined {
    return this.client ?? this.session.client;
  }

  /** The active language: nearest `lang` inside the provider, then the provider's. */
  protected get locale(): Locale {
    const session = this.#consumer.value;
    if (session) return nearestLocale(this, session.root) ?? session.locale;
    return nearestLocale(this) ?? DEFAULT_LOCALE;
  }

  /** Texts of a catalogue in the active language, with `strings` laid over. */
  protected texts<T>(catalogue: Catalogue<T>): Texts<T> {
    return overrideTexts(catalogue[this.locale], this.strings);
  }

  override connectedCallback(): void {
    if (this.scope.disposed) this.scope = new Scope();
    super.connectedCallback();
    if (this.#consumer.value) return;
    this.#followPageLanguage();
    void this.#awaitProvider();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.scope.dispose();
  }

  override attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    super.attributeChangedCallback(name, before, after);
    if (name === 'lang' && before !== after) this.requestUpdate();
  }

  protected override update(changed: PropertyValues<this>): void {
    this.applyTheme();
    super.update(changed);
  }

  /** Tokens are declared by the outermost Anjuan element; inner ones inherit them. */
  protected applyTheme(): void {
    const root = this.getRootNode();
    const inherits = this.#consumer.value?.root ?? (root instanceof ShadowRoot && root.host instanceof AnjuanElement);
    if (inherits) delete this.dataset['theme'];
    else this.dataset['theme'] = this.session.theme;
  }

  #followPageLanguage(): void {
    const observer = new MutationObserver(() => this.requestUpdate());
    this.scope.defer(() => observer.disconnect());
    observer.observe(document.documentElement, { attributeFilter: ['lang'] });
  }

  /** The provider around this element may be registered after it: then ask again. */
  async #awaitProvider(): Promise<void> {
    const scope = this.scope;
    if (!closestAcrossShadow(this, PROVIDER_TAG) || customElements.get(PROVIDER_TAG)) return;
    await customElements.whenDefined(PROVIDER_TAG);
    if (!scope.disposed) this.#consumer.hostConnected();
  }
}

function defaultSession(): AnjuanSession {
  return {
    locale: DEFAULT_LOCALE,
    theme: 'auto',
    textSize: 'normal',
    density: 'comfortable',
    assetsUrl: resolveAssetsUrl(undefined),
  };
}

function closestAcrossShadow(element: Element, selector: string): Element | null {
  const found = element.closest(selector);
  if (found) return found;
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? closestAcrossShadow(root.host, selector) : null;
}
