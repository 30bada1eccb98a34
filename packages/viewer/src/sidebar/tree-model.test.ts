import { expect } from 'chai';
import { readyDocument, sampleDocuments } from '../viewer/testing/sample-record.js';
import { filterTree } from './tree-filter.js';
import { buildTree } from './tree-model.js';
import { initiallyExpanded, visibleRows } from './tree-rows.js';

const tree = buildTree(sampleDocuments, { locale: 'zh-CN' });

describe('tree of documents', () => {
  it('groups documents by category in the order of the record', () => {
    expect(tree.map((group) => `${group.label} ${group.documents.length}`)).to.deep.equal([
      '病案首页 1',
      '入院记录 1',
      '病程记录 2',
      '检验报告 1',
      '知情同意 1',
      '出院记录 1',
    ]);
  });

  it('puts a document that comes back later into its earlier branch', () => {
    const documents = [...sampleDocuments, readyDocument({ documentId: 'late', type: 'C0038', title: '补记' })];
    const course = buildTree(documents, { locale: 'zh-CN' }).find((group) => group.key === 'course');
    expect(course?.documents.map((document) => document.documentId)).to.deep.equal(['course-1', 'course-2', 'late']);
  });

  it('names branches in English and keeps titles as archived', () => {
    const english = buildTree(sampleDocuments, { locale: 'en' });
    expect(english[2]?.label).to.equal('Course notes');
    expect(english[2]?.documents[0]?.title).to.equal('首次病程记录');
  });

  it('names an unknown category by the archive, and a locked document by its category only', () => {
    const odd = {
      ...readyDocument({ documentId: 'x', type: 'X1' }),
      category: { code: 'dept-7', display: '康复资料' },
    };
    expect(buildTree([odd], { locale: 'en' })[0]?.label).to.equal('康复资料');
    expect(tree[4]?.documents[0]?.title).to.equal('知情同意');
  });

  it('opens everything in a small record and only the first branch in a large one', () => {
    expect([...initiallyExpanded(tree)]).to.have.length(6);
    const many = Array.from({ length: 40 }, (_, index) =>
      readyDocument({ documentId: `d${index}`, type: index < 20 ? 'C0032' : 'C0038' }),
    );
    expect([...initiallyExpanded(buildTree(many, { locale: 'zh-CN' }))]).to.deep.equal(['front-page']);
  });

  it('lists rows of open branches with their place among siblings', () => {
    const rows = visibleRows(tree, new Set(['course']));
    expect(rows).to.have.length(8);
    expect(rows[4]).to.include({ kind: 'document', position: 2, siblings: 2 });
  });
});

describe('filter of the tree', () => {
  const titles = (query: string): string[] =>
    filterTree(tree, query).groups.flatMap((group) => group.documents.map((document) => document.title));

  it('finds by title, category, author and date', () => {
    expect(titles('首次')).to.deep.equal(['首次病程记录']);
    expect(titles('病程')).to.deep.equal(['首次病程记录', '日常病程记录']);
    expect(titles('医师乙')).to.deep.equal(['出院记录']);
    expect(titles('03-03')).to.deep.equal(['日常病程记录']);
  });

  it('wants every word and does not mind full-width letters', () => {
    expect(titles('病程　日常')).to.deep.equal(['日常病程记录']);
    expect(titles('０３－０３')).to.deep.equal(['日常病程记录']);
    expect(titles('病程 出院')).to.deep.equal([]);
  });

  it('keeps everything for an empty query', () => {
    expect(filterTree(tree, '  ').count).to.equal(7);
  });

  it('takes signs of regular expressions as they are', () => {
    expect(titles('.*')).to.deep.equal([]);
  });
});
