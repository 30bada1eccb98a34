import { expect } from 'chai';
import fc from 'fast-check';
import { displayText } from './display-text.js';
import { searchBoxMessages } from './search-box.messages.js';
import { countFilters, describeQuery, EMPTY_DRAFT, readDraft } from './search-draft.js';

describe('search draft', () => {
  it('asks for nothing while the fields hold only spaces', () => {
    expect(readDraft({ ...EMPTY_DRAFT, text: ' \u3000 ' })).to.deep.equal({ kind: 'blank' });
  });

  it('turns full-width letters of an input method into plain ones', () => {
    expect(readDraft({ ...EMPTY_DRAFT, text: 'ＢＡ２０２６  01' })).to.deep.equal({
      kind: 'query',
      query: { text: 'BA2026 01' },
    });
  });

  it('cuts a pasted page of text', () => {
    const reading = readDraft({ ...EMPTY_DRAFT, text: '病'.repeat(10_000) });
    expect(reading.kind === 'query' && reading.query.text?.length).to.equal(100);
  });

  it('ignores a year that is still being typed', () => {
    expect(readDraft({ ...EMPTY_DRAFT, dischargedFrom: '0020-01-01' })).to.deep.equal({ kind: 'blank' });
  });

  it('refuses a range that runs backwards', () => {
    const draft = { ...EMPTY_DRAFT, dischargedFrom: '2026-03-02', dischargedTo: '2026-03-01' };
    expect(readDraft(draft)).to.deep.equal({ kind: 'range-reversed' });
  });

  it('counts the date range as one filter', () => {
    const draft = { ...EMPTY_DRAFT, text: '张', dischargedFrom: '2026-03-01', dischargedTo: '2026-03-02' };
    expect(countFilters({ ...draft, department: '儿科' })).to.equal(2);
  });

  it('says in both languages what was searched', () => {
    const query = { text: '张三', department: '儿科', dischargedFrom: '2026-03-01' };
    expect(describeQuery(query, searchBoxMessages['zh-CN'])).to.equal('张三、儿科、2026-03-01 起出院');
    expect(describeQuery(query, searchBoxMessages.en)).to.equal('张三, 儿科, discharged since 2026-03-01');
  });
});

describe('displayText', () => {
  it('cuts a 10 kB name with an ellipsis and keeps whole characters', () => {
    const text = displayText('𠮷'.repeat(10_000), 10);
    expect([...text]).to.have.length(10);
    expect(text.endsWith('𠮷…')).to.equal(true);
  });

  it('drops signs that would turn the text around', () => {
    expect(displayText('张\u202e三\u2067四\r\n五', 40)).to.equal('张 三 四 五');
  });

  it('keeps any text within its limit, on one line, without signs that reorder', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 40 }), (value, limit) => {
        const text = displayText(value, limit);
        expect([...text].length).to.be.at.most(limit);
        expect(text).to.not.match(/[\n\r\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
      }),
    );
  });
});
