/** Roles of colour: what a colour means, not what it looks like. Custom property: `--anjuan-color-<role>`. */
export type ColorRole =
  | 'surface'
  | 'surface-2'
  | 'canvas'
  | 'text'
  | 'text-muted'
  | 'border'
  | 'control'
  | 'accent'
  | 'accent-text'
  | 'danger'
  | 'warning'
  | 'success'
  | 'selection'
  | 'page'
  | 'focus'
  | 'overlay';

/** Colours that are listed in full; the theme `auto` chooses between `light` and `dark`. */
export type PaletteName = 'light' | 'dark' | 'contrast';
/** A CSS colour for every role. */
export type Palette = Readonly<Record<ColorRole, string>>;

/**
 * `border` is a hairline between areas (decoration), `control` the edge of something to operate (3:1 at least).
 * `page` stays paper-white: what is printed on a page brings its own colours.
 */
export const palettes: Readonly<Record<PaletteName, Palette>> = {
  light: {
    surface: '#ffffff',
    'surface-2': '#f6f7f9',
    canvas: '#e6e9ee',
    text: '#1b2230',
    'text-muted': '#566071',
    border: '#d5dae2',
    control: '#727c8c',
    accent: '#1668dc',
    'accent-text': '#ffffff',
    danger: '#b3261e',
    warning: '#7a5200',
    success: '#146c38',
    selection: '#dbe8fb',
    page: '#ffffff',
    focus: '#1668dc',
    overlay: 'rgba(16, 22, 34, 0.5)',
  },
  dark: {
    surface: '#14181f',
    'surface-2': '#1b212b',
    canvas: '#0d1015',
    text: '#e5e9f0',
    'text-muted': '#9fa9b9',
    border: '#2c3440',
    control: '#76829a',
    accent: '#6aa6ff',
    'accent-text': '#0b1220',
    danger: '#ff8a80',
    warning: '#e3b341',
    success: '#56c97d',
    selection: '#22385c',
    page: '#ffffff',
    focus: '#8dbbff',
    overlay: 'rgba(0, 0, 0, 0.6)',
  },
  contrast: {
    surface: '#ffffff',
    'surface-2': '#ffffff',
    canvas: '#ececec',
    text: '#000000',
    'text-muted': '#262626',
    border: '#000000',
    control: '#000000',
    accent: '#00318a',
    'accent-text': '#ffffff',
    danger: '#8a0000',
    warning: '#553600',
    success: '#00431b',
    selection: '#ffe891',
    page: '#ffffff',
    focus: '#00318a',
    overlay: 'rgba(0, 0, 0, 0.75)',
  },
};
