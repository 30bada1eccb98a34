import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ProgressPrinter } from './progress-printer.js';

function printed(isTTY: boolean, documents: number): string {
  let text = '';
  const printer = new ProgressPrinter({ isTTY, write: (part) => (text += part) });
  printer.show({ type: 'found', records: 1, documents });
  for (let index = 0; index < documents; index += 1) {
    printer.show({ type: 'document', documentId: `d${String(index)}`, pages: 2, state: 'new' });
  }
  printer.show({ type: 'broken', recordId: 'r', documentId: 'd1', code: 'pdf-encrypted' });
  printer.finish();
  return text;
}

describe('ProgressPrinter', () => {
  it('redraws one bar on a terminal', () => {
    const text = printed(true, 4);
    assert.ok(text.includes('\r\u001b[K[######------------------] 1/4 documents, 2 pages'));
    assert.ok(text.includes('[########################] 4/4 documents, 8 pages'));
    assert.match(text, /d1: pdf-encrypted/);
  });

  it('writes about ten plain lines elsewhere, however long it runs', () => {
    const lines = printed(false, 1000)
      .split('\n')
      .filter((line) => /^\d+\/1000/.test(line));
    assert.equal(lines.length, 10);
    assert.equal(lines.at(-1), '1000/1000 documents, 2000 pages');
  });
});
