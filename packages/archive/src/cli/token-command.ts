import { parseArgs } from 'node:util';
import { sharedKeyBytes } from '../auth/jwt-auth.js';
import { DEV_TOKEN_SECONDS, signDevToken } from '../server/dev-login.js';
import { samplePatient, sampleUsers } from '../server/dev-users.js';
import { developmentKey } from '../server/development-key.js';
import { defaults, type Command } from './command.js';
import { usage } from './usage.js';

/** `anjuan-archive token`: a token for scripts and load tests. */
export const tokenCommand: Command = async (args, { out, env }) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      data: { type: 'string', default: defaults.dataDir },
      key: { type: 'string' },
      patient: { type: 'string' },
      expires: { type: 'string', default: String(DEV_TOKEN_SECONDS) },
    },
  });
  const [id] = positionals;
  const users = values.patient === undefined ? sampleUsers : [...sampleUsers, samplePatient(values.patient)];
  const user = users.find((one) => one.id === id);
  const expiresInS = Number(values.expires);
  if (!user || !Number.isInteger(expiresInS) || expiresInS < 1) {
    out.write(usage.token);
    return 2;
  }
  const keyText = values.key ?? env['ANJUAN_TOKEN_KEY'];
  const key = keyText === undefined ? await developmentKey(values.data) : sharedKeyBytes(keyText);
  out.write(`${await signDevToken(user, { key, expiresInS })}\n`);
  return 0;
};
