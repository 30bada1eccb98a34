import { AnjuanCapture } from './element/anjuan-capture.js';

AnjuanCapture.define();
