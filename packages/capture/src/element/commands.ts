import type { CaptureModel } from './capture-model.js';
import type { CaptureCommand } from './keyboard/capture-keymap.js';

/** What each command does. */
export const commandActions: Readonly<Record<CaptureCommand, (model: CaptureModel) => void>> = {
  shutter: (model) => void model.press('shutter'),
  auto: (model) => model.setAuto(!model.auto),
  'new-document': (model) => void model.actions.newDocument(),
  retake: (model) => model.aimAtSelected('retake'),
  insert: (model) => model.aimAtSelected('insert'),
  edit: (model) => model.edit(),
  'turn-right': (model) => void model.actions.turn(90),
  'turn-left': (model) => void model.actions.turn(-90),
  'previous-page': (model) => model.stepSelection(-1),
  'next-page': (model) => model.stepSelection(1),
  'first-page': (model) => model.stepSelection(-Infinity),
  'last-page': (model) => model.stepSelection(Infinity),
  'move-back': (model) => void model.actions.moveBy(-1),
  'move-on': (model) => void model.actions.moveBy(1),
  split: (model) => void model.actions.split(),
  keep: (model) => void model.actions.keep(),
  remove: (model) => void model.actions.remove(),
  undo: (model) => void model.actions.undo(),
  'colour-colour': (model) => void model.actions.colour('colour'),
  'colour-gray': (model) => void model.actions.colour('gray'),
  'colour-bilevel': (model) => void model.actions.colour('bilevel'),
  'colour-seal': (model) => void model.actions.colour('seal'),
  documents: (model) => model.batch.openDocuments(),
  devices: (model) => model.toggleDevices(),
  files: (model) => model.screen.pickFiles(),
  submit: (model) => void model.batch.submit(),
  help: (model) => model.screen.open('help-dialog'),
};
