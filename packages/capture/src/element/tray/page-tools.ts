import { icon, type IconName } from '../icons/icon.js';
import { html, type TemplateResult } from 'lit';
import type { CaptureCommand } from '../keyboard/capture-keymap.js';
import { number, withKey, type ViewProps } from '../view-props.js';

interface Tool {
  readonly label: string;
  readonly icon: IconName;
  readonly command?: CaptureCommand;
  readonly widget: string;
  readonly onClick: () => void;
  readonly disabled?: boolean;
}

/** What can be done to the selected page, and undo. Always there, so that nothing jumps. */
export function pageTools(props: ViewProps): TemplateResult {
  const { model, texts } = props;
  const page = model.selected;
  const open = model.session?.state.status === 'open';
  const usable = page !== undefined && open;
  const command = (id: CaptureCommand, name: IconName, label: string, disabled = !usable): Tool => ({
    label,
    icon: name,
    command: id,
    widget: id,
    disabled,
    onClick: () => props.run(id),
  });
  const t = texts.tools;
  const first = page === undefined || page.numberInDocument === 1;
  const firstDocument = model.tray.documents[0]?.documentId === page?.documentId;
  const tools: readonly Tool[] = [
    command('edit', 'crop', t.edit, !usable || page.mark === 'working'),
    command('turn-right', 'rotate-cw', t.turn),
    command('retake', 'camera', t.retake),
    command('insert', 'file-plus', t.insert),
    {
      label: t.replace,
      icon: 'replace',
      widget: 'replace',
      disabled: !usable,
      onClick: () => model.replaceByFile(),
    },
    first && !firstDocument && usable
      ? { label: t.join, icon: 'link', widget: 'join', onClick: () => void model.actions.join() }
      : command('split', 'scissors', t.split, !usable || first),
    command('remove', 'trash', t.remove),
  ];
  return html`<div class="tools" part="tools" role="toolbar" aria-label=${t.label}>
    <span class="tools-page">${page ? t.selected(number(props, page.number)) : t.none}</span>
    <span class="spacer"></span>
    ${tools.map((tool) => toolButton(props, tool))}
    <span class="tools-gap"></span>
    ${toolButton(props, command('undo', 'undo-2', texts.undo.button, !model.session?.undoSteps.newest || !open))}
  </div>`;
}

function toolButton(props: ViewProps, tool: Tool): TemplateResult {
  return html`<button
    type="button"
    class="icon-button"
    data-widget=${tool.widget}
    aria-label=${tool.label}
    title=${tool.command ? withKey(props, tool.label, tool.command) : tool.label}
    ?disabled=${tool.disabled ?? false}
    @click=${tool.onClick}
  >
    ${icon(tool.icon)}
  </button>`;
}
