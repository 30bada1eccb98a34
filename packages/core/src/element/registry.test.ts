import { expect } from 'chai';
import { AnjuanElement } from './anjuan-element.js';
import { VERSION } from './version.js';
import { forgetWarnings } from './warn.js';

class TestTag extends AnjuanElement {
  static override readonly tag = 'anjuan-test-tag';
}

function captureWarnings(run: () => void): string[] {
  const lines: string[] = [];
  const warn = console.warn;
  console.warn = (line: string) => lines.push(line);
  try {
    run();
  } finally {
    console.warn = warn;
  }
  return lines;
}

describe('define', () => {
  beforeEach(forgetWarnings);

  it('registers once and stays silent for the same version', () => {
    TestTag.define();
    expect(captureWarnings(() => TestTag.define())).to.deep.equal([]);
    expect(customElements.get('anjuan-test-tag')).to.equal(TestTag);
  });

  it('carries the version of the package', async () => {
    const response = await fetch(new URL('../../package.json', import.meta.url));
    expect(((await response.json()) as { version: string }).version).to.equal(VERSION);
  });

  it('keeps the first of two versions and names both, once', () => {
    class Newer extends TestTag {
      static override readonly version = '99.0.0';
    }
    TestTag.define();
    const lines = captureWarnings(() => {
      Newer.define();
      Newer.define();
    });
    expect(customElements.get('anjuan-test-tag')).to.equal(TestTag);
    expect(lines).to.have.length(1);
    expect(lines[0]).to.contain('99.0.0').and.to.contain(VERSION).and.to.contain('define-duplicate-anjuan-test-tag');
  });

  it('warns about a foreign class under our tag', () => {
    customElements.define('anjuan-foreign', class extends HTMLElement {});
    const lines = captureWarnings(() => TestTag.define('anjuan-foreign'));
    expect(lines[0]).to.contain('unknown version');
  });

  it('registers the same class for a second tag', () => {
    TestTag.define();
    TestTag.define('anjuan-test-other');
    expect(document.createElement('anjuan-test-other')).to.be.instanceOf(TestTag);
  });
});
