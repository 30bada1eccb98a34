import { expect } from 'chai';
import { html } from 'lit';
import { AnjuanElement } from '../anjuan-element.js';
import { AnjuanProvider } from '../provider/anjuan-provider.js';
import { baseStyles } from './base.styles.js';
import { palettes, type ColorRole, type PaletteName } from './palette.js';

class Probe extends AnjuanElement {
  static override readonly styles = baseStyles;
  override render(): unknown {
    return html`<button class="button">x</button>`;
  }
}
Probe.define('anjuan-contrast-probe');
AnjuanProvider.define();

/** WCAG 2.2 contrast ratio of two opaque colours. @source WCAG 2.2, definition of "contrast ratio" */
function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

function luminance(color: string): number {
  const canvas = document.createElement('canvas').getContext('2d');
  if (!canvas) throw new Error('no canvas');
  canvas.fillStyle = color;
  canvas.fillRect(0, 0, 1, 1);
  const linear = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (linear[0] ?? 0) + 0.7152 * (linear[1] ?? 0) + 0.0722 * (linear[2] ?? 0);
}

const grounds: ColorRole[] = ['surface', 'surface-2', 'canvas', 'selection'];
const texts: ColorRole[] = ['text', 'text-muted', 'danger', 'warning', 'success', 'accent'];
/** Only body text stands on a selection; the accent colours no text on the canvas. */
const textsOn = (ground: ColorRole): ColorRole[] =>
  ground === 'selection' ? ['text'] : texts.filter((text) => ground !== 'canvas' || text !== 'accent');
const controls: ColorRole[] = ['control', 'focus', 'accent'];

async function tokensOf(theme: PaletteName): Promise<(role: ColorRole) => string> {
  const provider = document.createElement('anjuan-provider');
  provider.setAttribute('theme', theme);
  const probe = document.createElement('anjuan-contrast-probe');
  provider.append(probe);
  document.body.append(provider);
  await (probe as Probe).updateComplete;
  await provider.updateComplete;
  const style = getComputedStyle(probe);
  const values = Object.fromEntries(
    Object.keys(palettes.light).map((role) => [role, style.getPropertyValue(`--anjuan-color-${role}`).trim()]),
  ) as Record<ColorRole, string>;
  provider.remove();
  return (role) => values[role];
}

describe('theme colours', () => {
  for (const theme of ['light', 'dark', 'contrast'] as const) {
    const textRatio = theme === 'contrast' ? 7 : 4.5;

    it(`text stands out ${textRatio}:1 and controls 3:1 in ${theme}`, async () => {
      const token = await tokensOf(theme);
      expect(token('surface')).to.equal(palettes[theme].surface);
      const weak: string[] = [];
      for (const ground of grounds) {
        for (const text of textsOn(ground)) {
          const ratio = contrast(token(text), token(ground));
          if (ratio < textRatio) weak.push(`${text} on ${ground}: ${ratio.toFixed(2)}`);
        }
        for (const control of ground === 'selection' ? [] : controls) {
          const ratio = contrast(token(control), token(ground));
          if (ratio < 3) weak.push(`${control} on ${ground}: ${ratio.toFixed(2)}`);
        }
      }
      const button = contrast(token('accent-text'), token('accent'));
      if (button < textRatio) weak.push(`accent-text on accent: ${button.toFixed(2)}`);
      expect(weak).to.deep.equal([]);
    });
  }

  it('has at most 40 custom properties', () => {
    const names = new Set(baseStyles.cssText.match(/--anjuan-[a-z0-9-]+(?=:)/g));
    expect(names.size).to.be.within(30, 40);
  });
});
