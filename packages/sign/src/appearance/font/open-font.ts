import { AnjuanError } from '@anjuan/core';
import { readCff } from './cff-read.js';
import { fontError, readCharacterMap, tableReader } from './sfnt.js';
import type { Glyph, SignatureFont } from './signature-font.js';
import { charstringOutline } from './type2.js';

/** Opens an OpenType font with CFF outlines (OTF). Errors: `invalid-argument` with details.reason. */
export function openFont(bytes: Uint8Array): SignatureFont {
  try {
    return open(bytes);
  } catch (error) {
    throw error instanceof AnjuanError ? error : fontError('a table is cut off');
  }
}

function open(bytes: Uint8Array): SignatureFont {
  const unitsPerEm = tableReader(bytes, 'head').getUint16(18);
  const hhea = tableReader(bytes, 'hhea');
  const hmtx = tableReader(bytes, 'hmtx');
  const metrics = hhea.getUint16(34);
  if (unitsPerEm < 16 || metrics < 1 || metrics * 4 > hmtx.byteLength) throw fontError('metrics');
  const glyphOf = readCharacterMap(tableReader(bytes, 'cmap'));
  const cff = readCff(tableReader(bytes, 'CFF '));
  const known = new Map<number, Glyph>();
  const find = (codePoint: number): number => {
    const glyph = glyphOf(codePoint);
    return glyph < cff.charstrings.count ? glyph : 0;
  };
  return {
    name: postScriptName(tableReader(bytes, 'name')),
    unitsPerEm,
    ascent: hhea.getInt16(4),
    descent: hhea.getInt16(6),
    glyph: (codePoint) => {
      const number = find(codePoint);
      const glyph = known.get(number) ?? {
        advance: hmtx.getUint16(Math.min(number, metrics - 1) * 4),
        outline: charstringOutline(cff, number),
      };
      known.set(number, glyph);
      return glyph;
    },
    missing: (text) => [...new Set(text)].filter((character) => find(character.codePointAt(0) ?? 0) === 0),
  };
}

/** Name 6 of the Windows platform; fonts without it get a plain one. @source OpenType 1.9 name */
function postScriptName(table: DataView): string {
  const storage = table.getUint16(4);
  for (let index = 0; index < table.getUint16(2); index += 1) {
    const at = 6 + index * 12;
    if (table.getUint16(at) !== 3 || table.getUint16(at + 6) !== 6) continue;
    let name = '';
    for (let byte = 0; byte + 1 < table.getUint16(at + 8); byte += 2) {
      name += String.fromCharCode(table.getUint16(storage + table.getUint16(at + 10) + byte));
    }
    return name.replace(/[^A-Za-z0-9-]/g, '').slice(0, 63) || 'SignatureFont';
  }
  return 'SignatureFont';
}
