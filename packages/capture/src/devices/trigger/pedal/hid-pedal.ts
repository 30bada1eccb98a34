import { connectHid } from '../../hid/connect-hid.js';
import type { Hid, HidFilter } from '../../hid/types.js';
import { ScopedTrigger } from '../scoped-trigger.js';
import type { TriggerSource } from '../trigger-source.js';

/** A pedal or button that is no keyboard, read over WebHID. */
export interface HidPedalOptions {
  /** Default `navigator.hid`. */
  readonly hid?: Hid;
  /** Default: VEC Infinity IN-USB-2 (05F3:00FF). */
  readonly filters?: readonly HidFilter[];
  /** Byte of the input report with the button bits. Default 0. */
  readonly byte?: number;
  /** Commands by bit, lowest first; empty texts are no command. Default: left `undo`, middle `shutter`, right `new-document`. */
  readonly commands?: readonly string[];
}

const VEC_INFINITY: readonly HidFilter[] = [{ vendorId: 0x05f3, productId: 0x00ff }];
const VEC_COMMANDS: readonly string[] = ['undo', 'shutter', 'new-document'];

/** A foot pedal over WebHID: each press of a pedal is one command; pedals may be held and pressed together. */
export function hidPedal(options: HidPedalOptions = {}): TriggerSource {
  const { filters = VEC_INFINITY, byte = 0, commands = VEC_COMMANDS } = options;
  return new ScopedTrigger('pedal', async ({ scope, onTrigger, lose, signal }) => {
    let held = 0;
    const connection = await connectHid({
      hid: options.hid,
      filters,
      signal,
      onLost: lose,
      onReport: ({ data }) => {
        const now = byte < data.byteLength ? data.getUint8(byte) : 0;
        const pressed = now & ~held;
        held = now;
        commands.forEach((command, bit) => {
          if (command && pressed & (1 << bit)) onTrigger({ kind: 'command', command });
        });
      },
    });
    scope.defer(() => void connection.close());
  });
}
