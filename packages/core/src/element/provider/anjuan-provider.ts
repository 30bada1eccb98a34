import { ContextProvider } from '@lit/context';
import { html, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { ArchiveClient } from '../../client/types.js';
import type { Telemetry, TokenCallback, Transport } from '../../transport/transport.js';
import { AnjuanElement } from '../anjuan-element.js';
import { resolveAssetsUrl } from '../assets-url.js';
import { baseStyles } from '../theme/base.styles.js';
import { nearestLocale } from '../i18n/locale.js';
import { sessionContext, type AnjuanSession } from '../session.js';
import { ClientHolder } from './client-holder.js';
import { providerStyles } from './anjuan-provider.styles.js';
import {
  parseAssetsUrl,
  parseBaseUrl,
  parseDensity,
  parseLocale,
  parseTextSize,
  parseTheme,
} from './session-attributes.js';

/**
 * Connects the Anjuan elements inside it with an archive and gives them language, theme and size.
 * Draws nothing and takes no room. A provider inside another one inherits what it does not set itself.
 * Values it does not know warn once in the console and fall back; it never throws.
 *
 * @tag anjuan-provider
 * @attr lang - `zh-CN` or `en`. Default: the nearest `lang` around it, then `zh-CN`. May change at any time.
 * @slot - The part of the page that holds Anjuan elements.
 * @privacy Keeps no token: it asks `getToken` for each request.
 */
export class AnjuanProvider extends AnjuanElement {
  static override readonly tag = 'anjuan-provider';
  static override readonly styles = [baseStyles, providerStyles];

  /** FHIR base of the archive, absolute or relative to the page, for example `/fhir`. A change closes the old client. */
  @property({ attribute: 'base-url' }) baseUrl: string | undefined;

  /** `auto`, `light`, `dark` or `contrast`. Default `auto`: as the system prefers. */
  @property() theme: string | undefined;

  /** `normal` or `large` (elderly readers, kiosk). Default `normal`. */
  @property({ attribute: 'text-size' }) textSize: string | undefined;

  /** `comfortable`, `compact` (clerk) or `touch` (targets of 44 px and more). Default `comfortable`. */
  @property() density: string | undefined;

  /** Folder with workers, fonts and decoders of this very version. Default: `assets/` beside the script. */
  @property({ attribute: 'assets-url' }) assetsUrl: string | undefined;

  /** Gives the bearer token for each request. Set it once; setting it first time reconnects. Default: no token. */
  @property({ attribute: false }) getToken: TokenCallback | undefined;

  /** Replaces `fetch`: an archive in the page, or an adapter to a vendor's API. Default: `fetch`. */
  @property({ attribute: false }) transport: Transport | undefined;

  /** Receives facts about calls (names, durations, codes). Nothing is sent anywhere by itself. */
  @property({ attribute: false }) telemetry: Telemetry | undefined;

  readonly #clients = new ClientHolder();
  readonly #context = new ContextProvider(this, { context: sessionContext });

  /** The client of everything inside; undefined without a usable `base-url`. */
  get connectedClient(): ArchiveClient | undefined {
    return this.#context.value?.client;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Children ask for the session before the first update, so it must stand now.
    this.#publish();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Moving the element in the page disconnects it for a moment only.
    queueMicrotask(() => {
      if (!this.isConnected) this.#clients.close();
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.isConnected) this.#publish();
  }

  protected override render(): TemplateResult {
    return html`<slot></slot>`;
  }

  protected override applyTheme(): void {
    const { theme, density, textSize } = this.#context.value ?? this.session;
    this.dataset['theme'] = theme;
    this.dataset['density'] = density;
    this.dataset['textSize'] = textSize;
  }

  #publish(): void {
    const next = this.#buildSession();
    const now = this.#context.value as AnjuanSession | undefined;
    if (now && sameSession(now, next)) return;
    this.#context.setValue(next);
  }

  #buildSession(): AnjuanSession {
    const outer = this.session;
    const pageUrl = this.ownerDocument.baseURI;
    const assetsUrl = parseAssetsUrl(this.assetsUrl, pageUrl);
    const client = this.client ?? this.#ownClient(pageUrl) ?? outer.client;
    const telemetry = this.telemetry ?? outer.telemetry;
    return {
      locale: parseLocale(this.getAttribute('lang')) ?? nearestLocale(this, outer.root) ?? outer.locale,
      theme: parseTheme(this.theme, outer.theme),
      textSize: parseTextSize(this.textSize, outer.textSize),
      density: parseDensity(this.density, outer.density),
      assetsUrl: assetsUrl ? resolveAssetsUrl(assetsUrl) : outer.assetsUrl,
      root: this,
      ...(client ? { client } : {}),
      ...(telemetry ? { telemetry } : {}),
    };
  }

  #ownClient(pageUrl: string): ArchiveClient | undefined {
    const baseUrl = parseBaseUrl(this.baseUrl, pageUrl);
    if (this.client || !baseUrl) {
      this.#clients.close();
      return undefined;
    }
    return this.#clients.get({
      baseUrl,
      transport: this.transport,
      // Callbacks are looked up at each call, so a host may exchange them without a new connection.
      getToken: this.getToken ? (context) => this.getToken?.(context) ?? null : undefined,
      telemetry: (event) => this.telemetry?.(event),
    });
  }
}

function sameSession(a: AnjuanSession, b: AnjuanSession): boolean {
  const keys = Object.keys({ ...a, ...b }) as (keyof AnjuanSession)[];
  return keys.every((key) => a[key] === b[key]);
}

declare global {
  interface HTMLElementTagNameMap {
    'anjuan-provider': AnjuanProvider;
  }
}
