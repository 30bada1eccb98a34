import { AnjuanSearchBox } from '../search-box/anjuan-search-box.js';

AnjuanSearchBox.define();
