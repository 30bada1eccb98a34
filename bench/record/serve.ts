/** The archive process of the bench: page service under /fhir, the same store without it under /plain/fhir. */
import { createArchive, createJwtAuth, createPageService } from '@anjuan/archive';
import {
  createHttpApp,
  developmentKey,
  DiskBlobStore,
  listen,
  PagePool,
  sampleUsers,
  signDevToken,
  SqliteStore,
} from '@anjuan/archive/node';
import { rangeFiles } from '../lib/range-files.js';
import { archiveDir, filesDir, peersDir, bundleDir, pagesDir } from './places.js';

const store = await SqliteStore.open({ path: `${archiveDir}/archive.sqlite` });
const blobs = await DiskBlobStore.open({ directory: `${archiveDir}/blobs` });
const key = await developmentKey(archiveDir);
const clerk = sampleUsers.find(({ roles }) => roles.includes('REC'));
if (!clerk) throw new Error('no clerk among the sample users');

const maker = new PagePool();
const pageService = createPageService({ store, blobs, maker, warmPages: 0 });
const auth = createJwtAuth({ keys: { sharedKey: key } });
const plain = createArchive({ store, blobs, auth, basePath: '/plain/fhir' });
const app = createHttpApp({
  archive: createArchive({ store, blobs, auth, pageService }),
  sites: [
    { prefix: '/anjuan/', folder: bundleDir },
    { prefix: '/bench/', folder: pagesDir },
    { prefix: '/peers/', folder: peersDir },
  ],
});
const files = rangeFiles('/files/', filesDir);
app.get('/files/*', ({ req }) => files(req.raw));
app.all('/plain/fhir/*', ({ req }) => plain.handle(req.raw));

/** The strict policy is ours: the peer's own way to start its worker does not pass it. */
async function withoutPolicy(request: Request): Promise<Response> {
  const response = await app.fetch(request);
  response.headers.delete('content-security-policy');
  return response;
}

const { port } = await listen({ fetch: withoutPolicy, hostname: '127.0.0.1', port: 0 });
process.send?.({ port, token: await signDevToken(clerk, { key }) });
