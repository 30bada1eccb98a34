import { AnjuanViewer } from '../viewer/anjuan-viewer.js';

AnjuanViewer.define();
