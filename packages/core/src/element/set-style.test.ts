import { expect } from 'chai';
import { html, render } from 'lit';
import { setStyle, type StyleProperties } from './set-style.js';

describe('setStyle', () => {
  const draw = (root: HTMLElement, properties: StyleProperties): HTMLElement => {
    render(html`<p ${setStyle(properties)}></p>`, root);
    const paragraph = root.querySelector('p');
    if (!paragraph) throw new Error('nothing drawn');
    return paragraph;
  };

  it('sets, changes and removes properties', () => {
    const root = document.createElement('div');
    const { style } = draw(root, { width: '10px', '--room': '3' });
    expect([style.width, style.getPropertyValue('--room')]).to.deep.equal(['10px', '3']);
    draw(root, { width: '12px', height: undefined });
    expect([style.width, style.height, style.getPropertyValue('--room')]).to.deep.equal(['12px', '', '']);
  });

  it('never writes a style attribute, which a strict CSP would block', () => {
    const written: string[] = [];
    const original = Element.prototype.setAttribute;
    Element.prototype.setAttribute = function (this: Element, name: string, value: string): void {
      written.push(name);
      original.call(this, name, value);
    };
    try {
      draw(document.createElement('div'), { width: '10px' });
    } finally {
      Element.prototype.setAttribute = original;
    }
    expect(written).not.to.include('style');
  });
});
