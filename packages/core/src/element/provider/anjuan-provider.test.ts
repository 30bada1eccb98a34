import { expect } from 'chai';
import { emulateMedia } from '@web/test-runner-commands';
import { html, type TemplateResult } from 'lit';
import type { Transport } from '../../transport/transport.js';
import { AnjuanElement } from '../anjuan-element.js';
import { defineMessages } from '../i18n/messages.js';
import type { AnjuanSession } from '../session.js';
import { baseStyles } from '../theme/base.styles.js';
import { forgetWarnings } from '../warn.js';
import { AnjuanProvider } from './anjuan-provider.js';

const messages = defineMessages({ 'zh-CN': { hello: '您好' }, en: { hello: 'Hello' } });

class Greeter extends AnjuanElement {
  static override readonly styles = baseStyles;
  get seen(): AnjuanSession {
    return this.session;
  }
  get usedClient(): unknown {
    return this.activeClient;
  }
  get signal(): AbortSignal {
    return this.scope.signal;
  }
  protected override render(): TemplateResult {
    return html`<p>${this.texts(messages).hello}</p>`;
  }
}

const made: Element[] = [];
const warnings: string[] = [];
const { warn } = console;

before(() => {
  Greeter.define('anjuan-greeter');
});
beforeEach(() => {
  forgetWarnings();
  warnings.length = 0;
  console.warn = (line: string) => void warnings.push(line);
});
afterEach(() => {
  console.warn = warn;
  made.splice(0).forEach((element) => element.remove());
});

interface House {
  readonly provider: AnjuanProvider;
  readonly greeter: Greeter;
  readonly settle: () => Promise<void>;
}

async function house(attributes: Record<string, string> = {}): Promise<House> {
  AnjuanProvider.define();
  const provider = document.createElement('anjuan-provider');
  for (const [name, value] of Object.entries(attributes)) provider.setAttribute(name, value);
  const greeter = document.createElement('anjuan-greeter') as Greeter;
  provider.append(greeter);
  document.body.append(provider);
  made.push(provider);
  const settle = async (): Promise<void> => {
    await provider.updateComplete;
    await greeter.updateComplete;
  };
  await settle();
  return { provider, greeter, settle };
}

const shownText = (element: Element): string => element.shadowRoot?.textContent?.trim() ?? '';
const token = (element: Element, name: string): string => getComputedStyle(element).getPropertyValue(name).trim();
const silent: Transport = () => new Promise(() => undefined);

describe('anjuan-provider: language', () => {
  it('switches every element inside at once', async () => {
    const { provider, greeter, settle } = await house();
    expect(shownText(greeter)).to.equal('您好');
    provider.lang = 'en';
    await settle();
    expect(shownText(greeter)).to.equal('Hello');
    provider.lang = 'zh-Hans-CN';
    await settle();
    expect(shownText(greeter)).to.equal('您好');
  });

  it('lets the nearest lang win', async () => {
    const { greeter, settle } = await house({ lang: 'zh-CN' });
    greeter.lang = 'en';
    await settle();
    expect(shownText(greeter)).to.equal('Hello');
  });

  it('follows the language of the page when nothing else says one', async () => {
    const { provider, greeter, settle } = await house();
    const before = document.documentElement.lang;
    document.documentElement.lang = 'en';
    await new Promise((resolve) => queueMicrotask(() => resolve(undefined)));
    await settle();
    expect(provider.isConnected && shownText(greeter)).to.equal('Hello');
    document.documentElement.lang = before;
  });

  it('takes the strings of the host', async () => {
    const { greeter, settle } = await house({ lang: 'en' });
    greeter.strings = { hello: 'Good morning' };
    await settle();
    expect(shownText(greeter)).to.equal('Good morning');
  });
});

describe('anjuan-provider: theme and size', () => {
  it('switches colours of everything inside', async () => {
    const { provider, greeter, settle } = await house({ theme: 'light' });
    expect(token(greeter, '--anjuan-color-surface')).to.equal('#ffffff');
    provider.theme = 'dark';
    await settle();
    expect(token(greeter, '--anjuan-color-surface')).to.equal('#14181f');
  });

  it('gives 44 px controls for touch and large type for elderly readers', async () => {
    const { provider, greeter, settle } = await house({ density: 'touch' });
    expect(token(greeter, '--anjuan-control-size')).to.equal('44px');
    provider.density = 'compact';
    provider.textSize = 'large';
    await settle();
    expect(token(greeter, '--anjuan-font-size')).to.equal('18px');
  });

  it('follows the system with theme auto, and not with a theme of its own', async () => {
    const { provider, settle } = await house();
    await emulateMedia({ colorScheme: 'dark' });
    expect(token(provider, '--anjuan-color-surface')).to.equal('#14181f');
    provider.theme = 'light';
    await settle();
    expect(token(provider, '--anjuan-color-surface')).to.equal('#ffffff');
    provider.theme = 'auto';
    await emulateMedia({ colorScheme: 'light' });
    await settle();
    expect(token(provider, '--anjuan-color-surface')).to.equal('#ffffff');
  });

  it('moves nothing when the system asks for reduced motion', async () => {
    const { greeter } = await house();
    expect(token(greeter, '--anjuan-duration')).to.equal('150ms');
    await emulateMedia({ reducedMotion: 'reduce' });
    expect(token(greeter, '--anjuan-duration')).to.equal('0ms');
    await emulateMedia({ reducedMotion: 'no-preference' });
  });

  it('lets a rule of the page change a token', async () => {
    const { provider, greeter } = await house({ theme: 'dark' });
    provider.style.setProperty('--anjuan-color-accent', 'rgb(1, 2, 3)');
    expect(token(greeter, '--anjuan-color-accent')).to.equal('rgb(1, 2, 3)');
  });

  it('gives an element without a provider its own tokens', async () => {
    const greeter = document.createElement('anjuan-greeter') as Greeter;
    document.body.append(greeter);
    made.push(greeter);
    await greeter.updateComplete;
    expect(token(greeter, '--anjuan-control-size')).to.equal('32px');
  });

  it('hands down what an inner provider does not set', async () => {
    const { provider, settle } = await house({ theme: 'dark', lang: 'en' });
    const inner = document.createElement('anjuan-provider');
    inner.density = 'compact';
    const greeter = document.createElement('anjuan-greeter') as Greeter;
    inner.append(greeter);
    provider.append(inner);
    await settle();
    await inner.updateComplete;
    await greeter.updateComplete;
    expect(shownText(greeter)).to.equal('Hello');
    expect(token(greeter, '--anjuan-color-surface')).to.equal('#14181f');
    expect(token(greeter, '--anjuan-control-size')).to.equal('28px');
  });
});

describe('anjuan-provider: attributes it cannot use', () => {
  it('falls back and warns once each, without the value', async () => {
    const bad = { theme: 'SECRET', density: 'SECRET', 'text-size': 'SECRET', lang: 'tlh', 'base-url': 'ftp://SECRET' };
    const { provider, greeter } = await house(bad);
    provider.requestUpdate();
    await house(bad);
    expect(greeter.seen).to.include({ theme: 'auto', density: 'comfortable', textSize: 'normal', locale: 'zh-CN' });
    expect(greeter.seen.client).to.equal(undefined);
    expect(warnings.map((line) => /^\[anjuan\] ([a-z-]+):/.exec(line)?.[1]).sort()).to.deep.equal([
      'provider-base-url',
      'provider-density',
      'provider-lang',
      'provider-text-size',
      'provider-theme',
    ]);
    expect(warnings.join()).to.not.contain('SECRET');
  });

  it('uses the folder beside the page when assets-url is unusable or absent', async () => {
    const { greeter } = await house({ 'assets-url': 'http://[' });
    expect(greeter.seen.assetsUrl).to.equal(new URL('assets/', document.baseURI).href);
    const other = await house({ 'assets-url': '/anjuan/assets' });
    expect(other.greeter.seen.assetsUrl).to.equal(new URL('/anjuan/assets/', document.baseURI).href);
  });
});

describe('anjuan-provider: client', () => {
  it('connects everything inside by base-url, relative to the page', async () => {
    const { provider, greeter } = await house({ 'base-url': '/fhir/' });
    expect(provider.connectedClient?.baseUrl).to.equal(new URL('/fhir', document.baseURI).href);
    expect(greeter.usedClient).to.equal(provider.connectedClient);
  });

  it('closes the client of the former base-url and when it leaves the page', async () => {
    const { provider, settle } = await house({ 'base-url': '/fhir' });
    provider.transport = silent;
    await settle();
    const first = provider.connectedClient;
    const pending = first?.capabilities().catch((error: { code?: string }) => error.code);
    provider.baseUrl = '/other';
    await settle();
    expect(['aborted', 'client-closed']).to.include(await pending);
    const second = provider.connectedClient;
    expect(second).to.not.equal(first);
    const late = second?.capabilities().catch((error: { code?: string }) => error.code);
    provider.remove();
    expect(['aborted', 'client-closed']).to.include(await late);
  });

  it('survives being moved in the page', async () => {
    const { provider, settle } = await house({ 'base-url': '/fhir' });
    const client = provider.connectedClient;
    const shelf = document.createElement('div');
    made.push(shelf);
    document.body.append(shelf);
    shelf.append(provider);
    await settle();
    expect(provider.connectedClient).to.equal(client);
  });

  it('asks the token callback of the moment, and connects anew when the first one comes', async () => {
    const { provider, greeter, settle } = await house({ 'base-url': '/fhir' });
    const without = greeter.usedClient;
    const seen: (string | null)[] = [];
    provider.transport = (request) => {
      seen.push(request.headers.get('authorization'));
      return Promise.resolve(new Response('{"resourceType":"CapabilityStatement"}', { status: 200 }));
    };
    provider.getToken = () => 'first';
    await settle();
    expect(greeter.usedClient).to.not.equal(without);
    provider.getToken = () => 'second';
    await settle();
    await provider.connectedClient?.capabilities().catch(() => undefined);
    expect(seen).to.deep.equal(['Bearer second']);
  });

  it('takes a client of the host, for all or for one element', async () => {
    const { provider, greeter, settle } = await house({ 'base-url': '/fhir' });
    const own = provider.connectedClient;
    greeter.client = own;
    provider.baseUrl = '/other';
    await settle();
    expect(greeter.usedClient).to.equal(own);
  });
});

describe('anjuan elements', () => {
  it('end their scope when they leave the page and get a new one when they come back', async () => {
    const { greeter, provider } = await house();
    const first = greeter.signal;
    greeter.remove();
    expect(first.aborted).to.equal(true);
    provider.append(greeter);
    expect(greeter.signal.aborted).to.equal(false);
  });
});
