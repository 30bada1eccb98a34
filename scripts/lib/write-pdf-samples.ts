// Writes one document of each kind that capture makes into the folder given, for validators.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assemblePdf } from '../../packages/capture/src/assemble/index.js';
import {
  hardLines,
  sampleImages,
  samplePage,
  sampleRequest,
} from '../../packages/capture/src/assemble/testing/samples.js';

const folder = process.argv[2] ?? '.';

for (const [name, image] of Object.entries(sampleImages())) {
  const request = sampleRequest({ pages: [samplePage(image)] });
  writeFileSync(join(folder, `${name}.pdf`), await assemblePdf(request));
  const withText = sampleRequest({ pages: [samplePage(image, hardLines), samplePage(image)] });
  writeFileSync(join(folder, `${name}-text.pdf`), await assemblePdf(withText));
}
writeFileSync(join(folder, 'all.pdf'), await assemblePdf(sampleRequest()));
