import { expect } from 'chai';
import { html, type TemplateResult } from 'lit';
import { AnjuanElement } from '../anjuan-element.js';
import { AnjuanProvider } from './anjuan-provider.js';

class Language extends AnjuanElement {
  protected override render(): TemplateResult {
    return html`${this.locale} ${this.session.density}`;
  }
}

describe('a provider that is registered after the elements inside it', () => {
  it('still reaches them, with what the host set before', async () => {
    Language.define('anjuan-language');
    const provider = document.createElement('anjuan-provider');
    provider.setAttribute('lang', 'en');
    provider.setAttribute('density', 'compact');
    Object.assign(provider, { getToken: () => 'token' });
    const element = document.createElement('anjuan-language') as Language;
    provider.append(element);
    document.body.append(provider);
    await element.updateComplete;
    expect(element.shadowRoot?.textContent).to.equal('en comfortable');

    AnjuanProvider.define();
    await customElements.whenDefined('anjuan-provider');
    await provider.updateComplete;
    await element.updateComplete;
    expect(element.shadowRoot?.textContent).to.equal('en compact');
    expect(provider.getToken?.({ reason: 'request', signal: new AbortController().signal })).to.equal('token');
    provider.remove();
  });
});
