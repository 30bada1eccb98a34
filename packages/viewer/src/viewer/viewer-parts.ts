import type { ReactiveControllerHost } from 'lit';
import { RailController } from '../sidebar/rail-controller.js';
import { ThumbnailsController } from '../sidebar/thumbnails-controller.js';
import { MenuController } from '../toolbar/menu-controller.js';
import { FullScreenController } from './full-screen-controller.js';
import { Landmark } from './landmark.js';
import { LiveRegion } from './live-region.js';
import { Notice } from './notice.js';
import { SizeController } from './size-controller.js';

/** The controllers of the viewer that need nothing of it but the element itself. */
export class ViewerParts {
  readonly landmark: Landmark;
  readonly size: SizeController;
  readonly fullScreen: FullScreenController;
  readonly menus: MenuController;
  readonly rail: RailController;
  readonly live: LiveRegion;
  readonly notice: Notice;
  readonly thumbnails: ThumbnailsController;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.landmark = new Landmark(host);
    this.size = new SizeController(host);
    this.fullScreen = new FullScreenController(host);
    this.menus = new MenuController(host);
    this.rail = new RailController(host);
    this.live = new LiveRegion(host);
    this.notice = new Notice(host);
    this.thumbnails = new ThumbnailsController(host);
  }
}
