import { expect } from 'chai';
import { sampleDocuments } from '../viewer/testing/sample-record.js';
import { treeMove } from './tree-keyboard.js';
import { buildTree } from './tree-model.js';
import { visibleRows } from './tree-rows.js';

const tree = buildTree(sampleDocuments, { locale: 'zh-CN' });
const rows = visibleRows(tree, new Set(['course']));
const from = (rowId: string, key: string): unknown => treeMove(rows, rowId, key);

describe('keys of the tree', () => {
  it('walks over visible rows and stops at the ends', () => {
    expect(from('g:front-page', 'ArrowDown')).to.deep.equal({ type: 'focus', rowId: 'g:admission' });
    expect(from('g:course', 'ArrowDown')).to.deep.equal({ type: 'focus', rowId: 'd:course-1' });
    expect(from('g:front-page', 'ArrowUp')).to.deep.equal({ type: 'focus', rowId: 'g:front-page' });
    expect(from('g:front-page', 'End')).to.deep.equal({ type: 'focus', rowId: 'g:discharge' });
    expect(from('g:discharge', 'Home')).to.deep.equal({ type: 'focus', rowId: 'g:front-page' });
  });

  it('opens with right, closes with left, goes to the parent with left', () => {
    expect(from('g:admission', 'ArrowRight')).to.deep.equal({ type: 'expand', groupKeys: ['admission'] });
    expect(from('g:course', 'ArrowRight')).to.deep.equal({ type: 'focus', rowId: 'd:course-1' });
    expect(from('g:course', 'ArrowLeft')).to.deep.equal({ type: 'collapse', groupKey: 'course' });
    expect(from('d:course-2', 'ArrowLeft')).to.deep.equal({ type: 'focus', rowId: 'g:course' });
  });

  it('opens a document with enter and space', () => {
    expect(from('d:course-2', 'Enter')).to.have.nested.property('row.document.documentId', 'course-2');
    expect(from('d:course-2', ' ')).to.have.property('type', 'activate');
  });

  it('opens every branch with the star', () => {
    expect(from('g:course', '*')).to.have.deep.property('groupKeys', [
      'front-page',
      'admission',
      'laboratory',
      'consent',
      'discharge',
    ]);
  });

  it('goes to the next row that begins with a typed character, and leaves letters to the commands', () => {
    expect(from('g:front-page', '日')).to.deep.equal({ type: 'focus', rowId: 'd:course-2' });
    expect(from('g:front-page', 'j')).to.deep.equal({ type: 'none' });
    expect(from('g:front-page', 'PageDown')).to.deep.equal({ type: 'none' });
  });

  it('does nothing in an empty tree', () => {
    expect(treeMove([], undefined, 'ArrowDown')).to.deep.equal({ type: 'none' });
  });
});
