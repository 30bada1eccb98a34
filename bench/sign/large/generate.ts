import { createWriteStream, existsSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { seededRandom } from '../../lib/random.js';
import { largeFile } from '../places.js';

export const LARGE_BYTES = 100_041_529;
const PAGES = 100;
const SEED = 4;
const PICTURE_BYTES = 999_990;
const IMAGE = '/Type /XObject /Subtype /Image /Width 1000 /Height 1000 /ColorSpace /DeviceGray /BitsPerComponent 8';
const ID = `<${'00'.repeat(16)}>`;
const OBJECTS = 3 + PAGES * 3;

const tail = (start: number): string =>
  `trailer\n<< /Size ${String(OBJECTS)} /Root 1 0 R /ID [${ID} ${ID}] >>\nstartxref\n${String(start)}\n%%EOF\n`;
const tableHead = `xref\n0 ${String(OBJECTS)}\n`;

/** A record of scanned pages: 100 pages, each with one picture that does not compress; one cross-reference table. */
export async function generateLargeFile(): Promise<void> {
  if (existsSync(largeFile) && statSync(largeFile).size === LARGE_BYTES) return;
  const out = createWriteStream(largeFile);
  const offsets: number[] = [];
  let at = 0;
  const put = async (piece: Uint8Array | string): Promise<void> => {
    const bytes = typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece;
    at += bytes.length;
    if (!out.write(bytes)) await once(out, 'drain');
  };
  const object = async (number: number, ...parts: readonly (Uint8Array | string)[]): Promise<void> => {
    offsets[number] = at;
    for (const part of [`${String(number)} 0 obj\n`, ...parts, '\nendobj\n']) await put(part);
  };
  const stream = (dict: string, data: Uint8Array | string): readonly (Uint8Array | string)[] => [
    `<< ${dict} /Length ${String(data.length)} >>\nstream\n`,
    data,
    '\nendstream',
  ];
  const random = seededRandom(SEED);
  await put('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n');
  await object(1, '<< /Type /Catalog /Pages 2 0 R >>');
  const kids = Array.from({ length: PAGES }, (_, page) => `${String(3 + page * 3)} 0 R`).join(' ');
  await object(2, `<< /Type /Pages /Kids [${kids}] /Count ${String(PAGES)} /MediaBox [0 0 595 842] >>`);
  for (let page = 0; page < PAGES; page += 1) {
    const first = 3 + page * 3;
    const resources = `/Resources << /XObject << /Im0 ${String(first + 2)} 0 R >> >>`;
    await object(first, `<< /Type /Page /Parent 2 0 R /Contents ${String(first + 1)} 0 R ${resources} >>`);
    await object(first + 1, ...stream('', 'q 595 0 0 842 0 0 cm /Im0 Do Q'));
    await object(
      first + 2,
      ...stream(
        IMAGE,
        Uint8Array.from({ length: PICTURE_BYTES }, () => random() * 256),
      ),
    );
  }
  // A comment fills it to its exact size; both offsets have as many digits.
  const rest = LARGE_BYTES - at - tableHead.length - OBJECTS * 20 - tail(LARGE_BYTES - 10_000).length;
  await put(`%${'-'.repeat(rest - 2)}\n`);
  const start = at;
  const rows = Array.from({ length: OBJECTS }, (_, index) =>
    index === 0 ? '0000000000 65535 f \n' : `${String(offsets[index]).padStart(10, '0')} 00000 n \n`,
  );
  await put(`${tableHead}${rows.join('')}${tail(start)}`);
  out.end();
  await once(out, 'finish');
  if (at !== LARGE_BYTES) throw new Error(`the large file has ${String(at)} bytes`);
}
