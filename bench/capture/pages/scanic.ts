import type { Point } from '../../../packages/capture/src/picture/quad.js';
import { startPage } from './arm.js';

interface Answer {
  readonly corners: Record<'topLeft' | 'topRight' | 'bottomRight' | 'bottomLeft', Point> | null;
}
interface Scanic {
  scanDocument(picture: ImageData, options: object): Promise<Answer>;
}

// The peer's own build, served as it is installed.
const path = '/peers/scanic/dist/scanic.js';
let scanic: Scanic | undefined;

startPage({
  load: async () => {
    scanic = (await import(path)) as Scanic;
  },
  detect: async (picture) => {
    const answer = await scanic?.scanDocument(picture, {
      mode: 'detect',
      detector: 'classical',
      maxProcessingDimension: 800,
    });
    const corners = answer?.corners;
    return corners ? [[corners.topLeft, corners.topRight, corners.bottomRight, corners.bottomLeft]] : [];
  },
});
