import { expect } from 'chai';
import { errorCodes, type ErrorCode } from '../../errors/codes.js';
import { errorParts, errorText, errorTexts } from './error-texts.js';
import { LOCALES } from './locale.js';

describe('error texts', () => {
  const codes = Object.keys(errorCodes).sort();

  for (const locale of LOCALES) {
    it(`has a text for every error code in ${locale}, and no other`, () => {
      expect(Object.keys(errorTexts[locale]).sort()).to.deep.equal(codes);
    });

    it(`says what happened and what to do, short, in ${locale}`, () => {
      for (const code of codes as ErrorCode[]) {
        const { title, next } = errorParts(code, locale);
        expect(title, code).to.have.length.within(2, 80);
        expect(next, code).to.have.length.within(2, 80);
        expect(title + next, code).to.not.match(/[.。]$/);
      }
    });

    it(`has no two codes with the same title in ${locale}`, () => {
      const titles = Object.values(errorTexts[locale]).map(({ title }) => title);
      expect(new Set(titles).size).to.equal(titles.length);
    });
  }

  it('makes one line of both', () => {
    expect(errorText('render-failed', 'zh-CN')).to.equal('这一页没能显示出来。请重试，或查看原件。');
    expect(errorText('render-failed', 'en')).to.equal('This page could not be drawn. Retry, or look at the original.');
  });

  it('falls back for a code of a newer version', () => {
    expect(errorParts('from-the-future' as ErrorCode, 'en').title).to.equal('Something unexpected happened');
  });
});
