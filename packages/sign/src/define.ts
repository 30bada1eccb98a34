import { AnjuanSignaturePad } from './element/signature-pad/anjuan-signature-pad.js';
import { AnjuanSignatureReport } from './element/signature-report/anjuan-signature-report.js';

AnjuanSignaturePad.define();
AnjuanSignatureReport.define();
