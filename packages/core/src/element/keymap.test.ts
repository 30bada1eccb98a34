import { expect } from 'chai';
import { matchKey, type Keymap } from './keymap.js';

const keymap: Keymap = [
  { id: 'next', keys: ['PageDown', 'j'] },
  { id: 'find', keys: ['Mod+f'] },
  { id: 'back', keys: ['Shift+Space'] },
  { id: 'help', keys: ['?'] },
  { id: 'zoom', keys: ['Ctrl++'] },
  { id: 'leave', keys: ['Escape'], when: 'dialog' },
];
const press = (key: string, init: KeyboardEventInit = {}): KeyboardEvent =>
  new KeyboardEvent('keydown', { key, ...init });

describe('matchKey', () => {
  it('finds a plain key, not the same key with a modifier', () => {
    expect(matchKey(press('j'), keymap)).to.equal('next');
    expect(matchKey(press('PageDown'), keymap)).to.equal('next');
    expect(matchKey(press('j', { altKey: true }), keymap)).to.equal(undefined);
    expect(matchKey(press('PageDown', { shiftKey: true }), keymap)).to.equal(undefined);
  });

  it('takes Ctrl or Command for Mod', () => {
    expect(matchKey(press('f', { ctrlKey: true }), keymap)).to.equal('find');
    expect(matchKey(press('F', { metaKey: true }), keymap)).to.equal('find');
    expect(matchKey(press('f'), keymap)).to.equal(undefined);
  });

  it('reads Space and signs that need Shift on some keyboards', () => {
    expect(matchKey(press(' ', { shiftKey: true }), keymap)).to.equal('back');
    expect(matchKey(press('?', { shiftKey: true }), keymap)).to.equal('help');
    expect(matchKey(press('+', { ctrlKey: true }), keymap)).to.equal('zoom');
  });

  it('holds a conditional binding only under its condition', () => {
    expect(matchKey(press('Escape'), keymap)).to.equal(undefined);
    expect(matchKey(press('Escape'), keymap, ['dialog'])).to.equal('leave');
  });

  it('leaves keys to the input method while it composes', () => {
    expect(matchKey(press('j', { isComposing: true }), keymap)).to.equal(undefined);
  });
});
