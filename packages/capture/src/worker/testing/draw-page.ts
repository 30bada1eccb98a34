/** A page of text with a ruled table, drawn by the browser. */
export function drawPage({
  widthPx,
  heightPx,
}: {
  readonly widthPx: number;
  readonly heightPx: number;
}): OffscreenCanvas {
  const canvas = new OffscreenCanvas(widthPx, heightPx);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.fillStyle = '#f4f2ec';
  context.fillRect(0, 0, widthPx, heightPx);
  context.fillStyle = '#202024';
  const size = Math.max(8, Math.round(widthPx / 44));
  context.font = `${size}px sans-serif`;
  for (let line = 3; line * size * 2 < heightPx - 3 * size; line += 1) {
    const words = ['主诉：胸闷三天。', '体温 36.5 ℃，脉搏 80 次。', '无发热，咳嗽少许。', 'Blood pressure 120/80.'];
    const text = `${words[line % 4] ?? ''}${words[(line + 1) % 4] ?? ''}${words[(line * 3) % 4] ?? ''}`;
    context.fillText(text, widthPx * 0.08, line * size * 2, widthPx * (line % 3 === 0 ? 0.6 : 0.84));
  }
  return canvas;
}

/** One or two pages on a green mat, left edges at `x` and `second`; none without `x`. */
export function drawDesk(desk: {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly x?: number;
  readonly second?: number;
}): OffscreenCanvas {
  const canvas = new OffscreenCanvas(desk.widthPx, desk.heightPx);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.fillStyle = '#2f5a48';
  context.fillRect(0, 0, desk.widthPx, desk.heightPx);
  const heightPx = Math.round(desk.heightPx * 0.8);
  for (const x of [desk.x, desk.second]) {
    if (x === undefined) continue;
    context.drawImage(drawPage({ widthPx: Math.round(heightPx / 1.414), heightPx }), x, desk.heightPx * 0.1);
  }
  return canvas;
}
