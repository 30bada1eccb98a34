import { AnjuanProvider } from './provider/anjuan-provider.js';

AnjuanProvider.define();
