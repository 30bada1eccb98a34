import type { ClientWarning } from '../../transport/warnings.js';
import { warnOnce, type Warning } from '../warn.js';

const texts: Readonly<Record<ClientWarning['id'], Warning>> = {
  'clock-skew': {
    what: 'The clocks of this computer and of the archive differ by more than 30 seconds.',
    why: 'Tokens may be refused and times look wrong.',
    how: 'Set both clocks by a time server.',
  },
  'telemetry-hook-failed': {
    what: 'The telemetry function of the host threw an error.',
    why: 'It is not called again, so that calls go on.',
    how: 'Catch errors inside that function.',
  },
  'record-without-folder': {
    what: 'Index cards in a search result belong to no record.',
    why: 'They cannot be opened and were left out.',
    how: 'Let the archive keep a List for each stay.',
  },
  'pages-repeated': {
    what: 'The archive sent the same page of a search twice.',
    why: 'The search ended there.',
    how: 'Check the "next" links of its search results.',
  },
};

/** Says once in the console what the client noticed. */
export function warnOfClient({ id }: ClientWarning): void {
  warnOnce(`client-${id}`, texts[id]);
}
