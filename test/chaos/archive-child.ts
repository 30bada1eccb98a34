// The archive of a chaos run: prints its port, then serves until it is ended or killed.
import { createHttpApp, developmentKey, listen, openHouse } from '@anjuan/archive/node';

const [dataDir = ''] = process.argv.slice(2);
const sharedKey = await developmentKey(dataDir);
const house = await openHouse({ dataDir, auth: { keys: { sharedKey } }, warmPages: 0 });
const app = createHttpApp({ archive: house.archive });
const server = await listen({ fetch: (request) => app.fetch(request), hostname: '127.0.0.1', port: 0 });
process.once(
  'SIGTERM',
  () =>
    void server
      .close()
      .then(() => house.close())
      .then(() => process.exit(0)),
);
console.log(server.port);
