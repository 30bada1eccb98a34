import { expose } from 'comlink';
import { openCryptoEngine } from '../crypto/index.js';
import { signingService } from './signing-service.js';

expose(signingService(openCryptoEngine()));
