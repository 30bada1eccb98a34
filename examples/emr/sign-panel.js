import { signFile, storeSigned, tools } from './sign-work.js';
import { texts } from './texts.js';

const byId = (id) => document.getElementById(id);
const provider = byId('provider');
const viewer = byId('viewer');
const panel = byId('sign-panel');
const pad = byId('sign-pad');
const pin = byId('sign-pin');
const confirm = byId('sign-confirm');
const cancel = byId('sign-cancel');

/**
 * The panel beside the page. `closed`; `writing`: patient and doctor write; `working`: the services sign, may be stopped;
 * `storing`: the archive takes the signed file; `held`: it did not take it, the same file is sent again; `outdated`:
 * somebody changed the document, so what was signed is void.
 */
export function connectPanel(screen, { desk, openDocument, onClosed }) {
  let state = { status: 'closed' };
  const change = (next) => {
    state = next;
    render(screen, state);
  };
  const close = () => {
    if (state.status === 'closed') return;
    const hadFocus = panel.contains(document.activeElement);
    state.work?.abort();
    pad.ink = undefined;
    pin.value = '';
    change({ status: 'closed' });
    onClosed(hadFocus);
  };
  const { isOpen, submit, back } = steps({ screen, desk, openDocument, change, close, current: () => state });
  byId('sign-form').addEventListener('submit', (event) => {
    event.preventDefault();
    void submit();
  });
  cancel.addEventListener('click', () => back());
  byId('sign-return').addEventListener('click', () => {
    const { recordId, documentId } = state.document;
    if (screen.chosen === recordId) return void viewer.goToDocument(documentId);
    viewer.addEventListener('anjuan-record-opened', () => void viewer.goToDocument(documentId), { once: true });
    // By the link of the page: list and banner follow, too.
    history.replaceState(null, '', `#${new URLSearchParams({ record: recordId })}`);
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  });
  // The browser asks before it throws ink away.
  window.addEventListener('beforeunload', (event) => {
    if (isOpen() && (!pad.empty || state.signed)) event.preventDefault();
  });
  return {
    close,
    isOpen,
    /** False while the sheet is blank: then nobody minds when the panel goes. */
    isUsed: () => isOpen() && (!pad.empty || state.status !== 'writing'),
    open: (document, what) => {
      if (isOpen()) return pad.focus();
      pad.signedOn = new Date().toISOString();
      change({ status: 'writing', document, what });
      pad.focus();
    },
    /** Another language, or another document in the viewer. */
    renew: () => render(screen, state),
  };
}

/** What the two buttons do in each state. */
function steps({ screen, desk, openDocument, change, close, current }) {
  const store = async ({ document, what, client, signed }) => {
    const held = { document, what, client, signed };
    change({ ...held, status: 'storing' });
    try {
      await storeSigned(held);
    } catch (error) {
      const failure = await wordsFor(error);
      if (current().document !== held.document) return;
      return change({ ...held, status: error.code === 'version-conflict' ? 'outdated' : 'held', failure });
    }
    if (current().document !== held.document) return;
    const { recordId, documentId } = held.document;
    close();
    byId('sign-said').textContent = texts[screen.locale].signedAndStored;
    openDocument({ recordId, documentId });
  };
  const sign = async ({ document, what }) => {
    const client = provider.connectedClient;
    const work = new AbortController();
    const { signal } = work;
    change({ status: 'working', document, what, work });
    try {
      const job = { desk, client, document, what, ink: pad.ink, locale: screen.locale, pin: pin.value, signal };
      const signed = await signFile(job);
      if (signal.aborted) return;
      await store({ document, what, client, signed });
    } catch (error) {
      const failure = await wordsFor(error);
      if (signal.aborted) return;
      change({ status: error.code === 'version-conflict' ? 'outdated' : 'writing', document, what, failure });
      if (/^(signer-pin|signer-locked|version-conflict)/.test(error.code)) pin.value = '';
      if (error.code === 'signer-pin-wrong') pin.focus();
      else confirm.focus();
    }
  };
  return {
    isOpen: () => current().status !== 'closed',
    submit: async () => {
      const state = current();
      if (screen.shown !== state.document?.documentId) return;
      if (state.status === 'writing') await sign(state);
      if (state.status === 'held') await store(state);
      if (state.status === 'outdated') {
        const { recordId, documentId } = state.document;
        close();
        openDocument({ recordId, documentId });
      }
    },
    back: () => {
      const state = current();
      if (state.status === 'working') {
        state.work.abort();
        change({ status: 'writing', document: state.document, what: state.what, failure: { key: 'signStopped' } });
        confirm.focus();
      } else if (state.status === 'held' && !state.discarding) change({ ...state, discarding: true });
      else if (state.status !== 'storing') close();
    },
  };
}

/** The words of a failure in both languages, taken while the network may be gone. */
async function wordsFor({ code = 'unexpected', details }) {
  const parts = await tools().then(
    ({ signErrorParts }) =>
      (locale) =>
        signErrorParts(code, locale),
    () => (locale) => ({ title: texts[locale].signUnreachable, next: texts[locale].signAgainLater }),
  );
  return { code, attemptsLeft: details?.attemptsLeft, parts };
}

function sentence({ key, code, attemptsLeft, parts }, locale) {
  const t = texts[locale];
  if (key) return t[key];
  // The base words are those of reading.
  const { title, next } = code === 'worker-blocked' ? { title: t.signBlocked, next: t.reloadPage } : parts(locale);
  const stop = locale === 'en' ? '. ' : '。';
  if (code === 'signer-pin-wrong')
    return `${title}${stop}${attemptsLeft === undefined ? t.pinMayLock : t.pinLeft(attemptsLeft)}`;
  return `${title}${stop}${next}${stop.trim()}`;
}

function noteFor({ status, failure, discarding }, { locale, elsewhere }) {
  const t = texts[locale];
  if (status === 'working') return t.signing;
  if (status === 'storing') return t.storing;
  if (status === 'outdated') return t.outdated;
  const said = failure ? sentence(failure, locale) : '';
  if (status === 'held') return `${discarding ? t.discardWarning : t.heldNote} ${said}`;
  if (elsewhere) return t.elsewhere;
  return failure && !failure.key ? `${said} ${t.nothingSigned}` : said;
}

const confirmKey = {
  consent: 'signConfirm',
  physician: 'signConfirmPhysician',
  held: 'storeAgain',
  outdated: 'openNewVersion',
};

function setText(node, key, locale) {
  node.dataset.text = key;
  node.textContent = texts[locale][key];
}

function render({ locale, shown }, state) {
  const { status, document: signing, what = 'consent', failure, discarding } = state;
  const busy = status === 'working' || status === 'storing';
  const written = status === 'held' || status === 'outdated';
  const elsewhere = signing !== undefined && shown !== signing.documentId;
  panel.hidden = status === 'closed';
  panel.setAttribute('aria-busy', String(busy));
  byId('sign-title').textContent = signing?.title ?? '';
  setText(byId('sign-here'), what === 'consent' ? 'signHere' : 'signHerePhysician', locale);
  setText(byId('sign-pin-label'), what === 'consent' ? 'signPin' : 'signPinPhysician', locale);
  pad.disabled = busy || written;
  pin.disabled = busy || written;
  byId('sign-pin-row').hidden = written;
  confirm.disabled = busy || elsewhere;
  setText(confirm, confirmKey[status] ?? confirmKey[what], locale);
  cancel.disabled = status === 'storing';
  setText(cancel, status === 'working' ? 'signStop' : discarding ? 'discardSigned' : 'cancel', locale);
  byId('sign-return').hidden = !elsewhere;
  const note = byId('sign-note');
  note.dataset.tone = busy ? 'busy' : failure || elsewhere ? 'problem' : '';
  note.textContent = status === 'closed' ? '' : noteFor(state, { locale, elsewhere });
  if (note.textContent !== '') note.scrollIntoView({ block: 'nearest' });
}
