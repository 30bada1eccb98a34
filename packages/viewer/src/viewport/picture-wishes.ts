import type { PageTarget, PictureLoader } from '../render/picture-loader.js';
import type { RenderJob } from '../render/scheduler.js';

export interface WishContext {
  readonly loader: PictureLoader;
  /** Pages in the view, most important first. */
  readonly visible: readonly WishedPage[];
  /** Pages soon in the view, nearest first. */
  readonly ahead: readonly WishedPage[];
  /** So fast that only small pictures make sense. */
  readonly flinging: boolean;
  readonly maxPixels: number;
}

export interface WishedPage {
  readonly target: PageTarget;
  /** Device px per point. */
  readonly scale: number;
}

/** From here on a small picture first is worth its own request. */
const LARGE_WIDTH_PX = 1_400;

/** The jobs that the view needs now, in order. */
export function pictureWishes({ loader, visible, ahead, flinging, maxPixels }: WishContext): RenderJob[] {
  const jobs: RenderJob[] = [];
  for (const { target, scale } of visible) {
    const plan = flinging ? undefined : loader.missing(target, scale, maxPixels);
    const wide = plan !== undefined && (plan.tier === 'vector' || plan.scale * target.box.widthPt >= LARGE_WIDTH_PX);
    const small = flinging || wide ? loader.missingThumbnail(target) : undefined;
    if (small) jobs.push(loader.job(target, small, 'visible'));
    if (plan) jobs.push(loader.job(target, plan, 'visible'));
  }
  if (flinging) return jobs;
  for (const { target, scale } of ahead) {
    const plan = loader.missing(target, scale, maxPixels);
    if (plan) jobs.push(loader.job(target, plan, 'ahead'));
  }
  return jobs;
}
