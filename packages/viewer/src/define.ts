import { AnjuanSearchBox } from './search-box/anjuan-search-box.js';
import { AnjuanViewer } from './viewer/anjuan-viewer.js';

AnjuanSearchBox.define();
AnjuanViewer.define();
