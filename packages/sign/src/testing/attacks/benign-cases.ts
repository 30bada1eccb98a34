import { bytesSource } from '../../bytes/byte-source.js';
import {
  addDocumentTimestamp,
  addValidationData,
  prepareFields,
  renewTimestamps,
  signPdf,
  type SealSlice,
  type SignatureLock,
  type SigningLevel,
} from '../../signing/index.js';
import { inputShapes, type InputShape } from '../shapes.js';
import type { Benign } from './attack.js';
import { furnish, type Parts } from './bases.js';
import { at, dictText, Edit, form, stream } from './edit.js';
import type { Forge, ForgeName } from './forge.js';

/** A document on its way from hand to hand. */
interface Paper {
  readonly bytes: Uint8Array;
  readonly parts: Parts;
  readonly secret: { readonly password?: string };
  readonly forge: Forge;
}

/** One honest thing that is done to it. */
type Step = (paper: Paper) => Promise<Uint8Array>;

interface SignStep {
  readonly by?: ForgeName;
  readonly level?: SigningLevel;
  readonly permissions?: 1 | 2 | 3;
  readonly lock?: SignatureLock;
  readonly field?: string;
  readonly visible?: boolean;
  readonly legacy?: true;
}

const PICTURE = { widthPt: 100, heightPt: 40, form: form('0 0 m 100 40 l S'), parts: [] };

const sign =
  ({ by = 'doctorRsa', permissions, lock, field, visible, level = 'B-B', legacy }: SignStep = {}): Step =>
  async ({ bytes, forge, secret }) =>
    forge.sign(bytes, {
      signer: await forge.signer(by),
      level,
      ...secret,
      ...(permissions && { certification: { permissions, allowComments: true } }),
      ...(lock && { lock }),
      ...(field !== undefined && { field }),
      ...(legacy && { subFilter: 'adbe.pkcs7.detached' as const }),
      ...(visible && {
        ...(field === undefined && {
          field: { placement: { pageNumber: 1, xMm: 120, yMm: 20, widthMm: 40, heightMm: 16 } },
        }),
        appearance: () => PICTURE,
      }),
    });

const edit =
  (change: (edit: Edit, parts: Parts) => Promise<unknown>): Step =>
  async ({ bytes, parts, secret }) => {
    const one = await Edit.open(bytes, secret.password);
    await change(one, parts);
    return one.build();
  };
const words = (text: string, { font }: Parts) =>
  form(`BT /Helv 10 Tf 2 5 Td (${text}) Tj ET`, `/Resources << /Font << /Helv ${at(font)} >> >>`);
const fillNote = edit(async (one, parts) =>
  one.set(parts.note, { V: '(agreed)', AP: `<< /N ${at(one.add(words('agreed', parts)))} >>` }),
);
const fillNoteAlone = edit(async (one, parts) => one.set(parts.note, { V: '(agreed)' }));
const replaceDose = edit(async (one, parts) =>
  one.set(parts.dose, { V: '(20 mg)', AP: `<< /N ${at(one.add(words('20 mg', parts)))} >>` }),
);
const tick = edit(async (one, parts) => one.set(parts.agree, { V: '/Yes', AS: '/Yes' }));
const metadata = edit(async (one) =>
  one.set(one.catalog, { Metadata: one.add(stream('<x:xmpmeta/>', '/Type /Metadata /Subtype /XML')) }),
);
const same = edit(async (one) => one.put(one.catalog, { type: 'dict', entries: await one.entries(one.catalog) }));
const comment = (subtype: string, rect: string): Step =>
  edit(async (one) => {
    const note = one.add(dictText(`/Type /Annot /Subtype /${subtype} /Rect [${rect}] /F 4 /Contents (seen)`));
    await one.push(await one.page(), 'Annots', note);
  });
const dss: Step = async ({ bytes, forge, secret }) =>
  (await addValidationData(bytesSource(bytes), { ...forge.setup, ...secret })).bytes();
const stamp: Step = async ({ bytes, forge, secret }) =>
  (await addDocumentTimestamp(bytesSource(bytes), { ...forge.setup, ...secret })).bytes();
const renew: Step = async ({ bytes, forge, secret }) =>
  (await renewTimestamps(bytesSource(bytes), { ...forge.setup, ...secret })).bytes();
const both: Step = async ({ bytes, forge, secret }) => {
  const signatures = [{ signer: await forge.signer('doctorRsa') }, { signer: await forge.signer('doctorSm2') }];
  return (await signPdf(bytesSource(bytes), { ...forge.setup, ...secret, signatures })).bytes();
};
const slots = [1, 2].map((pageNumber) => ({ pageNumber, xMm: 200, yMm: 100, widthMm: 9, heightMm: 30 }));
const slices: readonly SealSlice[] = slots.map((placement) => ({ placement, appearance: PICTURE }));
const crossSeal =
  (mode: 'before-first-signature' | 'fields' | 'first-page', by: ForgeName = 'doctorRsa'): Step =>
  async ({ bytes, forge, secret }) => {
    const source = bytesSource(bytes);
    const ready =
      mode === 'fields' ? (await prepareFields(source, { seal: { placements: slots }, ...secret })).source : source;
    const signed = await signPdf(ready, {
      ...forge.setup,
      ...secret,
      signer: await forge.signer(by),
      seal: { mode, slices },
    });
    return signed.bytes();
  };
const prepared: Step = async ({ bytes, secret }) => {
  const signatures = [
    { name: 'Doctor', placement: { pageNumber: 1, xMm: 120, yMm: 40, widthMm: 40, heightMm: 15 } },
    { name: 'Patient', lock: { action: 'Include', fields: ['note'] } as const },
  ];
  return (await prepareFields(bytesSource(bytes), { signatures, ...secret })).bytes();
};

/** Ways that documents take in a hospital; each ends with what a reader opens. */
const ways: Readonly<Record<string, readonly Step[]>> = {
  signed: [sign()],
  'signed-ec': [sign({ by: 'doctorEc' })],
  'signed-sm2': [sign({ by: 'doctorSm2' })],
  'signed-visible': [sign({ visible: true })],
  'signed-in-field': [sign({ field: 'second' })],
  'signed-in-field-visible': [sign({ field: 'second', visible: true })],
  'signed-legacy': [sign({ legacy: true })],
  'signed-twice': [sign(), sign({ by: 'doctorEc' })],
  'signed-twice-visible': [sign({ visible: true }), sign({ by: 'doctorEc', field: 'second', visible: true })],
  'signed-three': [sign(), sign({ by: 'doctorEc' }), sign({ by: 'doctorSm2', field: 'second' })],
  'signed-dual': [both],
  'filled-then-signed': [fillNote, tick, sign()],
  'signed-then-filled': [sign(), fillNote],
  'signed-then-filled-alone': [sign(), fillNoteAlone],
  'signed-then-ticked': [sign(), tick],
  'signed-filled-signed': [sign(), fillNote, tick, sign({ by: 'doctorEc', field: 'second' })],
  'signed-then-metadata': [sign(), metadata],
  'signed-then-saved': [sign(), same],
  'certified-1': [sign({ permissions: 1 })],
  'certified-2': [sign({ permissions: 2 })],
  'certified-2-filled': [sign({ permissions: 2 }), fillNote],
  'certified-2-replaced': [sign({ permissions: 2 }), replaceDose],
  'certified-2-signed': [sign({ permissions: 2 }), sign({ by: 'doctorEc' })],
  'certified-2-filled-signed': [
    sign({ permissions: 2 }),
    fillNote,
    sign({ by: 'doctorEc', field: 'second', visible: true }),
  ],
  'certified-3-comment': [sign({ permissions: 3 }), comment('Text', '400 100 420 120')],
  'certified-3-comments': [
    sign({ permissions: 3 }),
    comment('Square', '400 100 460 120'),
    comment('FreeText', '400 50 460 80'),
  ],
  'certified-3-filled-signed': [sign({ permissions: 3 }), tick, sign({ by: 'doctorEc' })],
  'locked-other-filled': [sign({ lock: { action: 'Include', fields: ['note'] } }), tick],
  'locked-excluded-filled': [sign({ lock: { action: 'Exclude', fields: ['note', 'second'] } }), fillNote],
  'locked-then-signed': [
    sign({ lock: { action: 'Include', fields: ['note', 'dose'] } }),
    sign({ by: 'doctorEc', field: 'second' }),
  ],
  'prepared-signed': [prepared, sign({ field: 'Doctor', visible: true }), sign({ by: 'doctorEc', field: 'Patient' })],
  'prepared-filled-signed': [prepared, sign({ field: 'Doctor' }), fillNote, sign({ by: 'doctorEc', field: 'Patient' })],
  'sealed-before': [crossSeal('before-first-signature')],
  'sealed-fields': [crossSeal('fields')],
  'sealed-first-page': [crossSeal('first-page')],
  'sealed-then-signed': [crossSeal('before-first-signature', 'doctorSm2'), sign({ by: 'doctorEc' })],
};

/** Ways that ask the timestamp authority, which takes its time. */
const archiveWays: Readonly<Record<string, readonly Step[]>> = {
  'level-t': [sign({ level: 'B-T' })],
  'level-lt': [sign({ level: 'B-LT' })],
  'level-lta': [sign({ level: 'B-LTA' })],
  'dss-later': [sign({ level: 'B-T' }), dss],
  'stamped-later': [sign(), stamp],
  renewed: [sign({ level: 'B-LTA' }), renew],
  'archived-then-signed': [sign({ level: 'B-LTA' }), sign({ by: 'doctorEc' })],
  'certified-1-archived': [sign({ permissions: 1 }), dss, stamp],
  'certified-2-archived': [sign({ permissions: 2, level: 'B-LT' }), fillNote, sign({ by: 'doctorEc', level: 'B-LTA' })],
};
const ARCHIVED = ['table', 'xref-stream', 'object-streams', 'aes-256'];

/** Honest documents of every kind. `more` are further unsigned files, such as other programs saved. */
export function benignCases(forge: Forge, more: readonly InputShape[] = []): readonly Benign[] {
  return [...inputShapes(), ...more].flatMap(({ name, bytes, password }) => {
    const secret = password === undefined ? {} : { password };
    const chosen = ARCHIVED.includes(name) ? { ...ways, ...archiveWays } : ways;
    const furnished = once(() => furnish(bytes, password));
    return Object.entries(chosen).map(([way, steps]): Benign => ({
      id: `${way}@${name}`,
      ...secret,
      make: async () => {
        const [start, parts] = await furnished();
        let paper: Uint8Array = start;
        for (const step of steps) paper = await step({ bytes: paper, parts, secret, forge });
        return paper;
      },
    }));
  });
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
