// Stands for packages/viewer/src/source/pdf/engine.ts in the one-file bundle.
import { engineFile, type EngineBuild } from '../../packages/viewer/src/source/pdf/engine-build.js';

/** Loads the PDF engine from the assets folder with the first PDF that needs it. */
export function importEngine(assetsUrl: string, build: EngineBuild): Promise<unknown> {
  return import(`${assetsUrl}pdfjs/${engineFile('pdf', build)}`);
}
