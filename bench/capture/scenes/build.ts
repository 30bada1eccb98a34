/** Writes the scenes as pictures with their truth; skips what is there already. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { paperCorners } from './camera.js';
import { drawForm, type FormPicture } from './forms.js';
import { planScenes } from './plan.js';
import { render, type FormOf } from './render.js';
import type { Paper, Scene, ScenePaperTruth } from './types.js';

/** Resolution of forms where it is not 5 pixels a millimetre. */
const PX_PER_MM: Partial<Record<Scene['kind'], number>> = { corner: 8, quality: 12 };

export interface SceneFile {
  readonly id: string;
  readonly kind: Scene['kind'];
  readonly traits: readonly string[];
  readonly mat: string;
  readonly desk?: string;
  readonly file: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly papers: readonly ScenePaperTruth[];
}

/** Forms in four variants each, drawn once. */
export class FormBook {
  readonly #drawn = new Map<string, FormPicture>();

  async prepare(papers: readonly Paper[], pxPerMm: number): Promise<FormOf> {
    for (const paper of papers) {
      const key = keyOf(paper, pxPerMm);
      if (this.#drawn.has(key)) continue;
      const { widthMm, heightMm } = paper;
      this.#drawn.set(key, await drawForm(paper.form, { widthMm, heightMm, pxPerMm, seed: variantOf(paper) }));
    }
    return (paper) => {
      const form = this.#drawn.get(keyOf(paper, pxPerMm));
      if (!form) throw new Error(`form ${paper.form} is not prepared`);
      return form;
    };
  }
}

function variantOf({ tint, variant }: Paper): number {
  return variant ?? Math.floor(tint[0] * 10) % 4;
}

function keyOf(paper: Paper, pxPerMm: number): string {
  return [paper.form, paper.widthMm, paper.heightMm, pxPerMm, variantOf(paper)].join('-');
}

/** Renders what is missing; returns all in order. */
export async function buildScenes(folder: string, scenes = planScenes()): Promise<SceneFile[]> {
  mkdirSync(folder, { recursive: true });
  const book = new FormBook();
  const files: SceneFile[] = [];
  for (const scene of scenes) {
    const record = join(folder, `${scene.id}.json`);
    if (!existsSync(record)) {
      const { widthPx, heightPx } = scene.camera;
      const formOf = await book.prepare(scene.papers, PX_PER_MM[scene.kind] ?? 5);
      const { data } = render(scene, formOf);
      const file = `${scene.id}.jpg`;
      await sharp(data, { raw: { width: widthPx, height: heightPx, channels: 3 } })
        .jpeg({ quality: 90 })
        .toFile(join(folder, file));
      const papers = scene.papers.map((paper) => ({
        role: paper.role,
        quad: paperCorners(scene.camera, paper),
        widthMm: paper.widthMm,
        heightMm: paper.heightMm,
      }));
      const { id, kind, traits, mat, desk } = scene;
      const entry = { id, kind, traits, mat, ...(desk === undefined ? {} : { desk }), file, widthPx, heightPx, papers };
      writeFileSync(record, JSON.stringify(entry));
    }
    files.push(JSON.parse(readFileSync(record, 'utf8')) as SceneFile);
  }
  return files;
}
