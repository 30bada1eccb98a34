import type { Keymap } from '@anjuan/core/element';

/** Keys that capture: Space and Enter, and Page Down, which page-turner pedals send. */
export const defaultTriggerKeymap: Keymap = [{ id: 'shutter', keys: ['Space', 'Enter', 'PageDown'] }];

/**
 * Pedals that act as keyboards, which browsers hide from WebHID: bind the key that they send (makers deliver `b`, or `a`,
 * `b`, `c` for three pedals; their tools change it).
 */
export const keyboardPedals: readonly {
  readonly vendorId: number;
  readonly productId: number;
  readonly name: string;
}[] = [
  { vendorId: 0x0c45, productId: 0x7403, name: 'PCsensor FootSwitch' },
  { vendorId: 0x0c45, productId: 0x7404, name: 'PCsensor FootSwitch' },
  { vendorId: 0x413d, productId: 0x2107, name: 'PCsensor FootSwitch' },
  { vendorId: 0x1a86, productId: 0xe026, name: 'PCsensor FootSwitch' },
  { vendorId: 0x3553, productId: 0xb001, name: 'PCsensor FootSwitch' },
  { vendorId: 0x0426, productId: 0x3011, name: 'Scythe USB Foot Switch' },
  { vendorId: 0x055a, productId: 0x0998, name: 'Scythe USB Foot Switch II' },
];
