import { expect } from 'chai';
import { loadRailPreferences, RAIL_DEFAULT_PX, saveRailPreferences } from './rail-preferences.js';

const KEY = 'anjuan.viewer.rail';

describe('preferences of the rail', () => {
  afterEach(() => localStorage.removeItem(KEY));

  it('remembers width and whether it is open', () => {
    saveRailPreferences(localStorage, { widthPx: 333, open: false });
    expect(loadRailPreferences(localStorage)).to.deep.equal({ widthPx: 333, open: false });
  });

  it('falls back when the store holds nonsense', () => {
    for (const nonsense of ['{', '[]', '"x"', '{"widthPx":"wide","open":3}', '{"widthPx":null}']) {
      localStorage.setItem(KEY, nonsense);
      expect(loadRailPreferences(localStorage)).to.deep.equal({ widthPx: RAIL_DEFAULT_PX, open: true });
    }
  });

  it('keeps an absurd width within limits', () => {
    localStorage.setItem(KEY, '{"widthPx":99999}');
    expect(loadRailPreferences(localStorage).widthPx).to.equal(560);
  });
});
