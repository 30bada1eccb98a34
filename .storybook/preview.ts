import type { Preview } from '@storybook/web-components-vite';
import { html } from 'lit';
import '@anjuan/core/define';
import '@anjuan/viewer/define';

function toolbar(title: string, icon: 'globe' | 'paintbrush' | 'grow' | 'paragraph', items: readonly string[]) {
  return { description: title, toolbar: { title, icon, items: [...items], dynamicTitle: true } };
}

const preview: Preview = {
  globalTypes: {
    locale: toolbar('Language', 'globe', ['zh-CN', 'en']),
    theme: toolbar('Theme', 'paintbrush', ['light', 'dark', 'contrast']),
    density: toolbar('Density', 'grow', ['compact', 'comfortable', 'touch']),
    textSize: toolbar('Text size', 'paragraph', ['normal', 'large']),
  },
  initialGlobals: { locale: 'zh-CN', theme: 'light', density: 'comfortable', textSize: 'normal' },
  parameters: {
    layout: 'fullscreen',
    a11y: { test: 'error' },
    controls: { expanded: true },
    options: { storySort: { order: ['Start', 'Viewer', 'Search box', 'Provider', 'States', 'Hosts'] } },
  },
  decorators: [
    // The toolbar drives a provider around every story; a story that brings its own provider says `provider: false`.
    (story, { globals, parameters }) => {
      document.documentElement.lang = String(globals['locale']);
      if (parameters['provider'] === false) return story();
      return html`<anjuan-provider
        lang=${globals['locale']}
        theme=${globals['theme']}
        density=${globals['density']}
        text-size=${globals['textSize']}
        assets-url="assets/"
        >${story()}</anjuan-provider
      >`;
    },
  ],
};

export default preview;
