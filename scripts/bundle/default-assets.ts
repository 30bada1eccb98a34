import { setDefaultAssetsUrl } from '@anjuan/core/element';

// Imported before any define module: elements already on the page connect at once and ask for the folder. The script
// knows its own address only while it runs.
const script = document.currentScript;
if (script instanceof HTMLScriptElement && script.src !== '') setDefaultAssetsUrl(new URL('assets/', script.src).href);
