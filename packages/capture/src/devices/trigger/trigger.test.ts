import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AnjuanError } from '@anjuan/core';
import { FakeHid, FakeHidDevice } from '../../testing/hid-fake.js';
import { FakeHidScanner } from '../../testing/hid-scanner-fake.js';
import { hookTrigger } from './hook-trigger.js';
import { keyboardTrigger } from './keyboard/keyboard-trigger.js';
import { hidPedal } from './pedal/hid-pedal.js';
import { hidScanner } from './pos/hid-scanner.js';
import type { Trigger, TriggerSource } from './trigger-source.js';
import { wedgeTrigger } from './wedge/wedge-trigger.js';

const shutter: Trigger = { kind: 'command', command: 'shutter' };

/** A key press in front of an element; gives whether it was taken away. */
function press(target: EventTarget, key: string, more: Record<string, unknown> = {}): boolean {
  const { timeStamp = 0, path = target, ...rest } = more;
  const event = new Event('keydown', { cancelable: true });
  const plain = { key, code: '', repeat: false, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false };
  for (const [name, value] of Object.entries({ ...plain, isComposing: false, ...rest, timeStamp })) {
    Object.defineProperty(event, name, { value });
  }
  Object.defineProperty(event, 'composedPath', { value: () => [path, target] });
  target.dispatchEvent(event);
  return event.defaultPrevented;
}

async function heard(source: TriggerSource): Promise<Trigger[]> {
  const triggers: Trigger[] = [];
  await source.start((trigger) => triggers.push(trigger));
  return triggers;
}

const field = { localName: 'input', type: 'text' };
const button = { localName: 'button', matches: (selector: string) => selector.includes('button') };

describe('keys', () => {
  test('Space, Enter and Page Down capture, and scroll nothing', async () => {
    const target = new EventTarget();
    const triggers = await heard(keyboardTrigger({ target }));
    assert.deepEqual(
      [' ', 'Enter', 'PageDown', 'x'].map((key) => press(target, key)),
      [true, true, true, false],
    );
    assert.deepEqual(triggers, [shutter, shutter, shutter]);
  });

  test('a held pedal captures once', async () => {
    const target = new EventTarget();
    const triggers = await heard(keyboardTrigger({ target, keymap: [{ id: 'shutter', keys: ['b'] }] }));
    press(target, 'b');
    assert.equal(press(target, 'b', { repeat: true }), true);
    assert.deepEqual(triggers, [shutter]);
  });

  test('writing a title captures nothing; Space on a button presses the button', async () => {
    const target = new EventTarget();
    const triggers = await heard(keyboardTrigger({ target }));
    assert.equal(press(target, ' ', { path: field }), false);
    assert.equal(press(target, 'Enter', { path: { isContentEditable: true } }), false);
    assert.equal(press(target, ' ', { path: button }), false);
    assert.deepEqual(triggers, []);
    assert.equal(press(target, 'PageDown', { path: button }), true);
  });

  test('after stop keys are left alone, and start works again', async () => {
    const target = new EventTarget();
    const source = keyboardTrigger({ target });
    const triggers = await heard(source);
    await source.start(() => assert.fail('starting twice is starting once'));
    source.stop();
    assert.equal(press(target, ' '), false);
    await source.start((trigger) => triggers.push(trigger));
    press(target, ' ');
    assert.deepEqual(triggers, [shutter]);
  });
});

describe('barcode guns that type', () => {
  /** Types a text with this gap; gives which keys were taken away. */
  function type(target: EventTarget, text: string, gapMs: number, more: Record<string, unknown> = {}): boolean[] {
    return [...text, 'Enter'].map((key, index) => press(target, key, { timeStamp: 1_000 + index * gapMs, ...more }));
  }

  test('a burst with a terminator is a barcode', async () => {
    const target = new EventTarget();
    const triggers = await heard(wedgeTrigger({ target }));
    assert.deepEqual(type(target, 'ZY0012', 8), [false, false, false, true, true, true, true]);
    assert.deepEqual(triggers, [{ kind: 'barcode', text: 'ZY0012' }]);
  });

  test('people are not disturbed, however well they type', async () => {
    const target = new EventTarget();
    const triggers = await heard(wedgeTrigger({ target }));
    for (const gapMs of [30, 45, 120]) assert.ok(!type(target, 'hello world', gapMs).includes(true));
    // Two keys rolled over each other, then Enter.
    assert.equal(press(target, 'a', { timeStamp: 5_000 }), false);
    assert.equal(press(target, 'b', { timeStamp: 5_010 }), false);
    assert.equal(press(target, 'Enter', { timeStamp: 5_020 }), false);
    assert.deepEqual(triggers, []);
  });

  test('a terminator that comes late is a person pressing Enter', async () => {
    const target = new EventTarget();
    const triggers = await heard(wedgeTrigger({ target }));
    [...'12345678'].forEach((key, index) => press(target, key, { timeStamp: index * 5 }));
    assert.equal(press(target, 'Enter', { timeStamp: 500 }), false);
    assert.deepEqual(triggers, []);
  });

  test('inside a field nothing is taken unless asked for; then the field keeps the text, not the Enter', async () => {
    const target = new EventTarget();
    const silent = await heard(wedgeTrigger({ target }));
    assert.ok(!type(target, 'ZY0012', 8, { path: field }).includes(true));
    assert.deepEqual(silent, []);
    const other = new EventTarget();
    const asked = await heard(wedgeTrigger({ target: other, fields: 'read' }));
    assert.deepEqual(type(other, 'ZY0012', 8, { path: field }), [...Array<boolean>(6).fill(false), true]);
    assert.deepEqual(asked, [{ kind: 'barcode', text: 'ZY0012' }]);
  });

  test('capital letters come with Shift, and an input method does not hide the keys', async () => {
    const target = new EventTarget();
    const triggers = await heard(wedgeTrigger({ target }));
    ['Shift', 'Z', 'Shift', 'Y', '9', '9', 'Enter'].forEach((key, at) => press(target, key, { timeStamp: at * 4 }));
    ['KeyZ', 'Digit9', 'Numpad8', 'KeyB'].forEach((code, at) =>
      press(target, 'Process', { code, shiftKey: at === 0, timeStamp: 1_000 + at * 4 }),
    );
    press(target, 'Enter', { timeStamp: 1_016 });
    assert.deepEqual(triggers, [
      { kind: 'barcode', text: 'ZY99' },
      { kind: 'barcode', text: 'Z98b' },
    ]);
  });

  test('its Enter does not capture as well', async () => {
    const target = new EventTarget();
    const barcodes = await heard(wedgeTrigger({ target }));
    const commands = await heard(keyboardTrigger({ target }));
    type(target, 'ZY001 2', 8);
    assert.equal(barcodes.length, 1);
    assert.deepEqual(commands, []);
  });
});

describe('pedals over WebHID', () => {
  const pedal = (): FakeHidDevice => new FakeHidDevice({ vendorId: 0x05f3, productId: 0x00ff });

  test('each press is one command, held and together', async () => {
    const device = pedal();
    const triggers = await heard(hidPedal({ hid: new FakeHid(device) }));
    for (const bits of [2, 2, 3, 0, 4, 7, 0]) device.report(0, Uint8Array.of(bits, 0));
    assert.deepEqual(
      triggers.map((trigger) => trigger.kind === 'command' && trigger.command),
      ['shutter', 'undo', 'new-document', 'undo', 'shutter'],
    );
  });

  test('an empty report is no press', async () => {
    const device = pedal();
    const triggers = await heard(hidPedal({ hid: new FakeHid(device) }));
    device.report(0, new Uint8Array(0));
    assert.deepEqual(triggers, []);
  });

  test('tells when it is pulled out, and is closed by stop', async () => {
    const device = pedal();
    const hid = new FakeHid(device);
    const lost: unknown[] = [];
    const source = hidPedal({ hid });
    await source.start(() => undefined, { onLost: (error) => lost.push(error.code) });
    source.stop();
    await Promise.resolve();
    assert.equal(hid.held, 0);
    await source.start(() => undefined, { onLost: (error) => lost.push(error.code) });
    hid.unplug(device);
    assert.deepEqual(lost, ['device-lost']);
  });

  for (const [name, hid, code] of [
    ['closed chooser', Object.assign(new FakeHid(pedal()), { chooser: 'cancelled' as const }), 'chooser-cancelled'],
    ['policy', Object.assign(new FakeHid(pedal()), { chooser: 'forbidden' as const }), 'permission-policy-blocked'],
    ['other program', new FakeHid(Object.assign(pedal(), { heldElsewhere: true })), 'device-busy'],
    ['no WebHID', undefined, 'feature-missing'],
  ] as const) {
    test(`${name}: ${code}`, () =>
      assert.rejects(
        hidPedal(hid ? { hid } : {}).start(() => undefined),
        { code },
      ));
  }

  test('an abort before the start opens nothing', async () => {
    const hid = new FakeHid(pedal());
    const failed = hidPedal({ hid }).start(() => undefined, { signal: AbortSignal.abort() });
    await assert.rejects(failed, (error) => AnjuanError.is(error, 'aborted'));
    assert.equal(hid.asked, 0);
  });
});

describe('scanners in HID POS mode', () => {
  test('whole barcodes with their symbology', async () => {
    const scanner = new FakeHidScanner();
    const triggers = await heard(hidScanner({ hid: new FakeHid(scanner) }));
    scanner.scan('ZY0001234', ']C0');
    scanner.scan('x'.repeat(300), ']Q1');
    assert.deepEqual(triggers, [
      { kind: 'barcode', text: 'ZY0001234', symbology: 'code128' },
      { kind: 'barcode', text: 'x'.repeat(300), symbology: 'qr-code' },
    ]);
  });

  test('Honeywell is told to send', async () => {
    const scanner = new FakeHidScanner({ vendorId: 0x0c2e });
    const triggers = await heard(hidScanner({ hid: new FakeHid(scanner) }));
    scanner.scan('ZY1', ']A0');
    assert.deepEqual(scanner.featureReports, [{ reportId: 0xfe, data: [1] }]);
    assert.equal(triggers.length, 1);
  });

  test('the chooser shows scanners only', async () => {
    const hid = new FakeHid(new FakeHidDevice({ vendorId: 1, productId: 1 }));
    await assert.rejects(
      hidScanner({ hid }).start(() => undefined),
      { code: 'chooser-cancelled' },
    );
  });

  test('other reports are no barcodes', async () => {
    const scanner = new FakeHidScanner();
    const triggers = await heard(hidScanner({ hid: new FakeHid(scanner) }));
    scanner.report(3, new Uint8Array(63).fill(0x5d));
    assert.deepEqual(triggers, []);
  });
});

test('a button that a vendor service watches', async () => {
  let push = (): void => undefined;
  let ended = 0;
  const source = hookTrigger({
    name: 'snapshot button',
    subscribe: (onPress) => {
      push = onPress;
      return () => (ended += 1);
    },
  });
  const triggers = await heard(source);
  push();
  source.stop();
  push();
  assert.deepEqual(triggers, [shutter]);
  assert.equal(ended, 1);
});
