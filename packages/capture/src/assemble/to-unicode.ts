/** Entries of one `beginbfchar` block. @source Adobe technical note 5411, 1.4.1 */
const BLOCK = 100;

/** The CMap that tells readers which character a code of two bytes stands for. @source ISO 32000-1 9.10.3 */
export function toUnicodeMap(entries: readonly (readonly [code: number, character: string])[]): string {
  const blocks: string[] = [];
  for (let start = 0; start < entries.length; start += BLOCK) {
    const block = entries.slice(start, start + BLOCK);
    const lines = block.map(([code, character]) => `<${hex(code)}> <${utf16(character)}>`);
    blocks.push(`${block.length} beginbfchar\n${lines.join('\n')}\nendbfchar`);
  }
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
${blocks.join('\n')}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
`;
}

function utf16(character: string): string {
  return Array.from({ length: character.length }, (_, unit) => hex(character.charCodeAt(unit))).join('');
}

function hex(value: number): string {
  return value.toString(16).toUpperCase().padStart(4, '0');
}
