import { attacks, type Attack } from '../attack.js';
import { at, dictText, form } from '../edit.js';
import { update } from './shadow.js';

const OVER = '60 700 300 740';
const WHITE = '1 g 0 0 200 20 re f';

/** A comment over the printed text of the first page. */
const over = (subtype: string, more = '', draw: string | undefined = WHITE): Attack['make'] =>
  update(async (edit, _base, random) => {
    const page = await edit.page();
    const look = draw === undefined ? '' : `/AP << /N ${at(edit.add(form(draw)))} >>`;
    const shift = random.between(0, 9);
    const rect = OVER.replace('60', String(60 - shift)).replace('740', String(740 + shift));
    const comment = edit.add(dictText(`/Type /Annot /Subtype /${subtype} /Rect [${rect}] /F 4 ${more} ${look}`));
    await edit.push(page, 'Annots', comment);
  });

export const annotationAttacks = attacks('annotation', {
  freetext: over('FreeText', '/DA (/Helv 12 Tf) /Contents (Refused)'),
  'freetext-no-look': over('FreeText', '/DA (/Helv 12 Tf) /Contents (Refused) /C [1 1 1]', undefined),
  stamp: over('Stamp', '/Name /Approved'),
  'stamp-text': over('Stamp', '', `${WHITE} 0 g BT /F1 12 Tf 2 5 Td (Other) Tj ET`),
  square: over('Square', '/IC [1 1 1] /C [1 1 1]'),
  'square-no-look': over('Square', '/IC [1 1 1] /C [1 1 1]', undefined),
  circle: over('Circle', '/IC [1 1 1]'),
  line: over('Line', '/L [60 720 300 720] /BS << /W 40 >> /C [1 1 1]'),
  polygon: over('Polygon', '/Vertices [60 700 300 700 300 740 60 740] /IC [1 1 1]'),
  ink: over('Ink', '/InkList [[60 720 300 720]] /BS << /W 40 >> /C [1 1 1]'),
  highlight: over('Highlight', '/QuadPoints [60 740 300 740 60 700 300 700] /C [0 0 0]'),
  strikeout: over('StrikeOut', '/QuadPoints [60 740 300 740 60 700 300 700]'),
  redact: over('Redact', '/QuadPoints [60 740 300 740 60 700 300 700] /IC [1 1 1] /OverlayText (x)'),
  popup: over('Popup', '/Open true', undefined),
  caret: over('Caret'),
  text: over('Text', '/Open true /Contents (Refused)'),
  watermark: over('Watermark'),
  'printer-mark': over('PrinterMark'),
  'file-attachment': over('FileAttachment', '/FS << /Type /Filespec /F (x) >>'),
  screen: over('Screen'),
  'rich-media': over('RichMedia'),
  movie: over('Movie'),
  'three-d': over('3D'),
  projection: over('Projection'),
  'unknown-kind': over('Forged'),
  'text-widget': over('Widget', '/FT /Tx /T (loose) /V (Refused)'),
  'button-widget': over('Widget', '/FT /Btn /Ff 65536 /T (loose)'),
  'link-script': over('Link', '/A << /S /JavaScript /JS (app.alert) >>', undefined),
  'link-launch': over('Link', '/A << /S /Launch /F (x) >>', undefined),
  'link-remote': over('Link', '/A << /S /GoToR /F (x) >>', undefined),
  'link-submit': over('Link', '/A << /S /SubmitForm /F (x) >>', undefined),
  'link-next': over('Link', '/A << /S /URI /URI (x) /Next << /S /JavaScript /JS (x) >> >>', undefined),
  'comment-actions': over('Text', '/AA << /E << /S /JavaScript /JS (x) >> >>', undefined),
  'existing-moved': update(async (edit, { parts }) =>
    edit.set(parts.link, { Rect: `[${OVER}]`, AP: `<< /N ${at(parts.cover)} >>` }),
  ),
  'existing-replaced': update(async (edit, { parts }) =>
    edit.put(parts.link, dictText(`/Type /Annot /Subtype /Stamp /Rect [${OVER}] /AP << /N ${at(parts.cover)} >>`)),
  ),
  'existing-look': update(async (edit, { parts }) =>
    edit.set(parts.ghost, { AP: `<< /N ${at(edit.add(form('0 g 0 0 99 9 re f')))} >>`, F: '4' }),
  ),
  'list-replaced': update(async (edit) => edit.set(await edit.page(), { Annots: '[]' })),
  'list-cut': update(async (edit, { parts }) => edit.set(await edit.page(), { Annots: [parts.note, parts.dose] })),
});
