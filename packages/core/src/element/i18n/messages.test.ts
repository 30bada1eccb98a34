import { expect } from 'chai';
import { matchLocale, nearestLocale } from './locale.js';
import { defineMessages, messageKeys, overrideTexts } from './messages.js';

const catalogue = defineMessages({
  'zh-CN': { open: '打开', page: { of: (page: number, count: number) => `第 ${page} / ${count} 页` } },
  en: { open: 'Open', page: { of: (page: number, count: number) => `Page ${page} of ${count}` } },
});

describe('message catalogue', () => {
  it('gives texts and functions of a language', () => {
    expect(catalogue['zh-CN'].page.of(3, 9)).to.equal('第 3 / 9 页');
    expect(catalogue.en.open).to.equal('Open');
  });

  it('has the same keys in both languages', () => {
    expect(messageKeys(catalogue.en)).to.deep.equal(messageKeys(catalogue['zh-CN']));
    expect(messageKeys(catalogue.en)).to.deep.equal(['open', 'page.of']);
  });

  it('lays the texts of a host over the built-in ones', () => {
    const texts = overrideTexts(catalogue.en, { open: 'Show', page: { of: 'A page' }, strange: 'x' });
    expect(texts.open).to.equal('Show');
    expect(texts.page.of(1, 2)).to.equal('A page');
    expect(Object.keys(texts)).to.deep.equal(['open', 'page']);
  });

  it('ignores an override of the wrong kind', () => {
    const texts = overrideTexts(catalogue.en, { open: () => 'no', page: 'no' });
    expect(texts.open).to.equal('Open');
    expect(texts.page.of(1, 2)).to.equal('Page 1 of 2');
  });
});

describe('locale', () => {
  it('finds the language of a regional tag', () => {
    expect(['zh', 'zh-Hans-CN', 'en-GB', 'EN', 'ug', '', null].map(matchLocale)).to.deep.equal([
      'zh-CN',
      'zh-CN',
      'en',
      'en',
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('takes the nearest lang across a shadow root', () => {
    const host = document.createElement('div');
    host.lang = 'en';
    const inner = document.createElement('span');
    host.attachShadow({ mode: 'open' }).append(inner);
    expect(nearestLocale(inner)).to.equal('en');
    expect(nearestLocale(inner, host)).to.equal(undefined);
  });
});
