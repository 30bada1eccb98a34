import { tableShape } from '../../testing/shapes.js';

const stream = (content: string, dict = ''): string =>
  `<< ${dict} /Length ${String(content.length)} >>\nstream\n${content}\nendstream`;
export const appearance = (content: string, dict = ''): string =>
  stream(content, `/Type /XObject /Subtype /Form /BBox [0 0 200 20] ${dict}`);

/** Parts of the form below, to write updates of it. */
export const fields = {
  text: '/FT /Tx /T (note) /Type /Annot /Subtype /Widget /Rect [100 500 300 520] /P 3 0 R /F 4 /DA (/Helv 10 Tf)',
  filled: '/FT /Tx /T (dose) /Type /Annot /Subtype /Widget /Rect [100 460 300 480] /P 3 0 R /F 4 /DA (/Helv 10 Tf)',
  check:
    '/FT /Btn /T (agree) /Type /Annot /Subtype /Widget /Rect [100 420 120 440] /P 3 0 R /F 4 /AP << /N << /Yes 20 0 R /Off 21 0 R >> >>',
  over: '/FT /Tx /T (over) /Type /Annot /Subtype /Widget /Rect [60 715 300 735] /P 3 0 R /F 4 /DA (/Helv 10 Tf)',
  empty: '/FT /Sig /T (second) /Type /Annot /Subtype /Widget /Rect [100 300 300 340] /P 3 0 R /F 4',
  form: '/Fields [10 0 R 11 0 R 12 0 R 13 0 R 17 0 R] /SigFlags 3 /DA (/Helv 10 Tf) /DR << /Font << /Helv 5 0 R >> >>',
  page: '/Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >>',
} as const;

/** Objects 9 form, 10 empty text field, 11 filled one, 12 check box, 13 empty signature field, 15 a link, 16 a hidden object. */
export const formDocument = (): Uint8Array<ArrayBuffer> =>
  tableShape({
    catalog: '/AcroForm 9 0 R /Names << /Dests << /Names [] >> >>',
    page: '/Annots [10 0 R 11 0 R 12 0 R 13 0 R 15 0 R 17 0 R]',
    objects: {
      9: `<< ${fields.form} >>`,
      10: `<< ${fields.text} >>`,
      11: `<< ${fields.filled} /V (10 mg) /AP << /N 22 0 R >> >>`,
      12: `<< ${fields.check} /V /Off /AS /Off >>`,
      13: `<< ${fields.empty} >>`,
      15: '<< /Type /Annot /Subtype /Link /Rect [100 200 200 220] /Border [0 0 0] /A << /S /URI /URI (https://hospital.test/) >> >>',
      17: `<< ${fields.over} >>`,
      16: stream('BT /F1 12 Tf 72 720 Td (Hidden text) Tj ET'),
      20: appearance('0 0 m 20 20 l S'),
      21: appearance(''),
      22: appearance('BT /Helv 10 Tf 2 5 Td (10 mg) Tj ET', '/Resources << /Font << /Helv 5 0 R >> >>'),
    },
  });
