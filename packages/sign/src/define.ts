import { AnjuanSignaturePad } from './element/signature-pad/anjuan-signature-pad.js';

AnjuanSignaturePad.define();
