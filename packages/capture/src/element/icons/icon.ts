import { icon as coreIcon, pathIcon, type IconName as CoreIconName, type IconOptions } from '@anjuan/core/element';
import type { TemplateResult } from 'lit';
import { captureIconPaths } from './capture-icons.data.js';

/** Name of an icon of the house or of capture alone. */
export type IconName = CoreIconName | keyof typeof captureIconPaths;

/** A line icon; see `icon` of `@anjuan/core/element`. */
export function icon(name: IconName, options: IconOptions = {}): TemplateResult {
  return isOwn(name) ? pathIcon(captureIconPaths[name], options) : coreIcon(name, options);
}

function isOwn(name: IconName): name is keyof typeof captureIconPaths {
  return name in captureIconPaths;
}
