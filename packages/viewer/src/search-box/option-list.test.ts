import { expect } from 'chai';
import { moveOption } from './option-list.js';

describe('moveOption', () => {
  it('starts at the top going down and at the bottom going up', () => {
    expect(moveOption(undefined, 'next', 3)).to.equal(0);
    expect(moveOption(undefined, 'previous', 3)).to.equal(2);
  });

  it('stays inside the list', () => {
    expect(moveOption(2, 'next', 3)).to.equal(2);
    expect(moveOption(0, 'previous', 3)).to.equal(0);
    expect(moveOption(1, 'page-next', 3)).to.equal(2);
    expect(moveOption(6, 'page-previous', 10)).to.equal(1);
  });

  it('goes to both ends', () => {
    expect(moveOption(4, 'first', 10)).to.equal(0);
    expect(moveOption(4, 'last', 10)).to.equal(9);
  });

  it('has no option in an empty list', () => {
    expect(moveOption(undefined, 'next', 0)).to.equal(undefined);
    expect(moveOption(3, 'last', 0)).to.equal(undefined);
  });
});
